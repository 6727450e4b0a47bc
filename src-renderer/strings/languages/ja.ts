import type { Strings } from '../../strings.ts';
import { german } from './de.ts';
export const japanese: Strings = german;
