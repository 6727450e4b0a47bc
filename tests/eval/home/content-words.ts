/** The words of a question or sentence that carry meaning, roughly stemmed; of Chinese the pairs of characters. */

const stopWords = new Set(
  `a about after again all also am an and any are as at be because been before but by can could did do does for from
  get gets had has have he her him his how i if in into is it its just many may me more most much must my no nobody not of off on
  one only or our out over own she should so than that the their them then there they this to too two three under until
  up us was we were what when where which while who whom whose why will with would you your
  aber als am an auf aus bei bis da das dass dem den der des die dies diese durch ein eine einem einen einer er es
  für hat ich ihr ihre im in ist kann kein keine man mein mich mir mit muss nach nicht noch nur ob oder ohne sich sie
  sind so über um und uns unter vom von vor wann war was wenn wer wie wird wo wohin wir zu zum zur darf
  au aux avec ce ces cette comme dans de des du elle en est et il ils je la le les leur lui ma mais me mes mon ne nos
  notre on ou où par pas pour qu que quand quel quelle qui sa sans se ses si son sur ta te un une vos votre vous y
  al como con cómo cual cuál cuando cuándo cuánto de del dónde el en es esta este hay la las lo los me mi no nos para
  pero por porque que qué se si sin su sus un una y`.split(/\s+/),
);

export function contentWords(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => {
    if (/\p{Script=Han}/u.test(word))
      return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
    return plainStopWords.has(word) || word.length === 1 ? [] : [stem(word)];
  });
}

const plainStopWords = new Set([...stopWords].map((word) => word.normalize('NFKD').replace(/\p{M}/gu, '')));

const stem = (word: string): string =>
  /\d/.test(word) ? word : word.replace(/(?:ing|ings|ed|es|en|er|s|e|n)$/, '').replace(/(.)\1$/, '$1');
