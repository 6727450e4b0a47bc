/** Chinese papers: the supplier in Suzhou, and the children's Saturday lessons. */
import { fact, type Topic } from '../../home-document.ts';

export const chinese: Topic = {
  genre: 'office',
  language: 'zh',
  documents: [
    {
      file: 'office/苏州/采购合同 2023.docx',
      named: ['采购合同 2023'],
      date: '2023-03-20',
      title: '采购合同',
      body: [
        fact(
          '交货期为收到定金后四十五天。',
          ['language', '收到定金后多少天交货'],
          ['cross-language', 'delivery time after the down payment, Suzhou contract', 'en'],
        ),
        fact('逾期交货每周扣除货款的百分之一。', [
          'cross-language',
          'penalty for late delivery per week',
          'en',
        ]),
        fact('合同编号 HL-2023-0057。', ['identifier', 'HL20230057']),
      ],
      variants: [
        {
          file: 'office/苏州/采购合同 2023 草稿.docx',
          change: [
            ['收到定金后四十五天', '双方另行商定的日期'],
            ['每周扣除货款的百分之一', '不扣款'],
            ['合同编号 HL-2023-0057', '合同编号待定'],
          ],
        },
      ],
    },
    {
      file: 'office/苏州/会议纪要 2024-03-20.odt',
      date: '2024-03-20',
      title: '会议纪要',
      body: [
        fact('陈伟说模具要到五月底才能修好。', ['language', '模具什么时候能修好'], ['person', '陈伟 模具']),
        fact('样品由空运寄出，共十二件。', ['cross-language', 'how were the twelve samples shipped', 'en']),
      ],
    },
    {
      file: 'office/苏州/检验标准.html',
      date: '2023-05-15',
      title: '检验标准',
      body: [
        fact('内径公差为正负百分之二毫米。', ['language', '内径公差是多少']),
        fact('每一百件抽查五件，一件不合格就全部退回。', [
          'cross-language',
          'rule for random checks of the parts and rejection',
          'en',
        ]),
      ],
    },
    {
      file: 'office/苏州/付款通知.eml',
      date: '2024-01-18',
      mails: [
        {
          from: '陈伟 <chen.wei@hengli.example>',
          to: 'Tom Harlow <tom@pikeharlow.example>',
          subject: '付款通知',
          sent: '2024-01-18T03:12',
          body: [
            '您好，附上今年第一批货的情况。',
            fact('请在春节放假之前付清余款。', ['language', '什么时候之前付清余款']),
            fact('银行账号改为 6222 0811 0300 4417 568。', ['identifier', '6222081103004417568']),
          ],
        },
      ],
    },
    {
      file: '中文课/周六学校通知.txt',
      date: '2023-09-16',
      title: '周六中文学校通知',
      body: [
        fact('米拉的班级改到二楼的音乐教室上课。', ['language', '米拉的班级在哪个教室']),
        fact('中秋节那天带一个灯笼来。', [
          'cross-language',
          'what to bring to Chinese school at the mid-autumn festival',
          'en',
        ]),
      ],
    },
    {
      file: '中文课/红烧肉.md',
      date: '2022-01-30',
      title: '红烧肉',
      tags: ['家常菜'],
      about: [fact('家常菜', ['tag', '家常菜'])],
      body: [
        fact('冰糖先用小火炒成琥珀色，再放肉。', ['language', '冰糖炒成什么颜色再放肉']),
        fact('小火炖一个半小时，最后大火收汁。', [
          'cross-language',
          'how long to simmer the braised pork',
          'en',
        ]),
      ],
    },
    {
      file: '中文课/旅行计划.csv',
      date: '2024-10-05',
      raw: [
        '日期,城市,住宿,备注',
        '2025-04-03,上海,外滩旁的旅馆,',
        fact('2025-04-06,苏州,平江路民宿,陈伟来车站接', ['language', '谁来苏州车站接我们']),
        '2025-04-09,杭州,西湖边,租自行车',
      ],
    },
    {
      file: 'office/苏州/展会幻灯片.pptx',
      date: '2023-10-17',
      title: '展会介绍',
      body: [
        '## 产品',
        fact('新阀门寿命达到三百万次。', ['language', '新阀门寿命多少次']),
        '## 服务',
        fact('夜间故障请拨打 0512-6688-3320。', ['identifier', '051266883320']),
      ],
    },
  ],
};
