/** Spanish papers: the holiday flat in Valencia, a course, recipes and mail. */
import { fact, type Topic } from '../../home-document.ts';

export const spanish: Topic = {
  genre: 'letters',
  language: 'es',
  documents: [
    {
      file: 'Valencia/Contrato vacaciones Lucía.pdf',
      date: '2022-05-10',
      title: 'Contrato de alquiler de temporada',
      body: [
        fact('La fianza de 300 euros se devuelve al entregar las llaves.', [
          'cross-language',
          'when do we get our holiday flat deposit back from Lucía',
          'en',
        ]),
        fact('Queda prohibido tender ropa en la fachada principal.', [
          'paraphrase',
          'dónde no se puede secar la colada',
        ]),
        fact('La limpieza final cuesta 45 euros y se paga en efectivo.', [
          'language',
          'cuánto cuesta la limpieza final',
        ]),
      ],
      variants: [
        {
          file: 'Valencia/Contrato vacaciones borrador.docx',
          change: [
            ['La fianza de 300 euros se devuelve al entregar las llaves', 'La fianza será de 200 euros'],
            ['Queda prohibido tender ropa en la fachada principal', 'Se puede tender ropa'],
            ['cuesta 45 euros y se paga en efectivo', 'está incluida'],
          ],
        },
      ],
    },
    {
      file: 'Valencia/Instrucciones del piso.odt',
      date: '2023-07-15',
      title: 'Instrucciones del piso',
      body: [
        fact('El termo se enciende con el interruptor rojo detrás de la puerta.', [
          'language',
          'dónde está el interruptor del termo',
        ]),
        fact('La basura orgánica se baja después de las ocho.', [
          'cross-language',
          'at what time may food waste be taken down in Valencia',
          'en',
        ]),
        fact('Si salta la luz, subir el segundo diferencial.', [
          'paraphrase',
          'qué hacer cuando se va la electricidad',
        ]),
      ],
    },
    {
      file: 'Valencia/Paella de Amparo.html',
      date: '2023-08-01',
      title: 'Paella de Amparo',
      body: [
        fact('El arroz no se remueve nunca después de echar el caldo.', [
          'language',
          'por qué el arroz no se remueve',
        ]),
        fact('Un kilo de garrofón basta para doce personas.', ['one-word', 'garrofón']),
      ],
    },
    {
      file: 'Valencia/Curso de español Jonas.docx',
      date: '2024-07-08',
      title: 'Curso intensivo, nivel A2',
      body: [
        fact('Las clases son de nueve a una en la calle Colón 22.', [
          'cross-language',
          'address of Jonas’s Spanish course',
          'en',
        ]),
        fact('El examen oral es el viernes 9 de agosto.', ['date', 'examen oral 9 de agosto']),
        fact('La profesora Inmaculada Rey pide traer un diccionario.', ['person', 'Inmaculada Rey']),
      ],
    },
    {
      file: 'Valencia/Urgencias picadura.pdf',
      date: '2023-08-06',
      title: 'Informe de urgencias',
      body: [
        fact('Picadura de medusa en el tobillo derecho, sin fiebre.', [
          'cross-language',
          'jellyfish sting medical report',
          'en',
        ]),
        fact('Aplicar la crema cada doce horas durante cinco días.', [
          'language',
          'cada cuántas horas aplicar la crema',
        ]),
      ],
    },
    {
      file: 'Valencia/Lucía llaves.eml',
      date: '2024-07-20',
      mails: [
        {
          from: 'Lucía Ferrer <lucia@ferrer.example>',
          to: 'Tom Harlow <tom@harlow.example>',
          subject: 'Llaves y ascensor',
          sent: '2024-07-20T22:03',
          body: [
            'Hola Tom, os espero con muchas ganas.',
            fact('El ascensor estará parado hasta septiembre, lo siento por las maletas.', [
              'cross-language',
              'is the elevator working at the Valencia flat',
              'en',
            ]),
            fact('El portero, don Fermín, os dará el sobre.', ['person', 'don Fermín']),
          ],
        },
      ],
    },
    {
      file: 'Valencia/Multa aparcamiento.txt',
      date: '2023-08-11',
      title: 'Multa',
      short: true,
      body: [
        fact(
          'Expediente 2023/VLC/118840, importe 80 euros, 40 si se abona antes de veinte días.',
          ['identifier', 'expediente VLC 118840'],
          ['typing-error', 'expedeinte importe 80 euros'],
        ),
      ],
    },
    {
      file: 'Valencia/Huerto escolar.md',
      date: '2024-05-30',
      title: 'El huerto escolar',
      tags: ['huerto', 'riego-por-goteo'],
      about: [fact('riego-por-goteo', ['tag', 'riego por goteo'])],
      body: [
        fact('Los caracoles se recogen a mano al anochecer.', [
          'paraphrase',
          'combatir plagas del jardín sin veneno',
        ]),
        fact('Las berenjenas se plantan a medio metro unas de otras.', [
          'language',
          'a qué distancia se plantan las berenjenas',
        ]),
      ],
    },
  ],
};
