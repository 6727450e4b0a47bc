/** Reads a PowerPoint presentation (Office Open XML): each slide is a page, its title a heading, the speaker's notes below. Pictures and charts are not read. */
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { documentProperties } from './office/document-properties.ts';
import type { Reader } from './reader.ts';
import { parseXml } from './xml.ts';
import { readZipParts } from './zip-parts.ts';

const slidePath = /^ppt\/slides\/slide(\d+)\.xml$/;

export const readSlides: Reader = async ({ bytes, fileName }) => {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    return {
      state: 'unsupported',
      reason: 'The presentation is protected by a password or in the old PowerPoint format; save it as PPTX.',
    };
  }
  const parts = await readZipParts(bytes, (name) =>
    /^ppt\/.*\.(?:xml|rels)$|^docProps\/core\.xml$/.test(name),
  );
  const slides = slideOrder(parts);
  if (slides.length === 0) {
    return { state: 'failed', reason: 'The archive holds no slides, so it is no presentation.' };
  }
  const builder = new DocumentBuilder();
  for (const [index, path] of slides.entries()) {
    builder.startPage(index + 1);
    addSlide(builder, parts.get(path) ?? '', true);
    const notes = relations(parts, path).find((target) => target.includes('notesSlide'));
    if (notes) addSlide(builder, parts.get(notes) ?? '', false);
  }
  return builder.finish({
    kind: 'pptx',
    facts: documentProperties(parts.get('docProps/core.xml') ?? ''),
    fileName,
    emptyReason: 'The slides hold no text; they may be pictures.',
  });
};

/** As the presentation lists them, else by their numbers. */
const slideOrder = (parts: ReadonlyMap<string, string>): string[] => {
  const targetOf = new Map<string, string>();
  parseXml(parts.get('ppt/_rels/presentation.xml.rels') ?? '', {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id && Target) targetOf.set(Id, `ppt/${Target.replace(/^\/?ppt\//, '')}`);
    },
  });
  const listed: string[] = [];
  parseXml(parts.get('ppt/presentation.xml') ?? '', {
    open(name, attributes) {
      const target = name === 'p:sldId' ? targetOf.get(attributes['r:id'] ?? '') : undefined;
      if (target && parts.has(target)) listed.push(target);
    },
  });
  if (listed.length > 0) return listed;
  const numberOf = (path: string) => Number(slidePath.exec(path)?.[1]);
  return [...parts.keys()].filter((path) => slidePath.test(path)).sort((a, b) => numberOf(a) - numberOf(b));
};

const relations = (parts: ReadonlyMap<string, string>, slide: string): string[] => {
  const targets: string[] = [];
  parseXml(parts.get(slide.replace('slides/', 'slides/_rels/').concat('.rels')) ?? '', {
    open(name, { Target }) {
      if (name === 'Relationship' && Target) targets.push(Target.replace(/^\.\.\//, 'ppt/'));
    },
  });
  return targets;
};

/** Numbers and dates that the layout puts on every slide. */
const furniture = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

const addSlide = (builder: DocumentBuilder, xml: string, hasTitle: boolean): void => {
  let inText = false;
  let isFurniture = false;
  let cellsInRow = 0;
  let inTable = false;
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'p:sp') isFurniture = false;
      else if (name === 'p:ph') {
        const type = attributes.type ?? '';
        if (furniture.has(type)) isFurniture = true;
        else if (hasTitle && (type === 'title' || type === 'ctrTitle')) builder.startHeading(1);
      } else if (name === 'a:t') inText = !isFurniture;
      else if (name === 'a:br') builder.breakLine();
      else if (name === 'a:tr') {
        inTable = true;
        cellsInRow = 0;
        builder.breakLine();
      } else if (name === 'a:tc' && cellsInRow++ > 0) builder.addText(' | ');
    },
    text(text) {
      if (inText) builder.addText(text);
    },
    close(name) {
      if (name === 'a:t') inText = false;
      else if (name === 'a:p' && inTable) builder.addText(' ');
      else if (name === 'a:p') builder.breakLine();
      else if (name === 'a:tbl') inTable = false;
      else if (name === 'p:sp') {
        builder.endHeading();
        builder.breakParagraph();
      }
    },
  });
};
