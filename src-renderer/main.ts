/** Entry of the page: styles, one App, one component. What index.html shows is painted before the component is made. */
import './fonts.css';
import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import AppShell from './app-shell.svelte';
import { desktop } from './bridge/desktop.ts';
import { App } from './state/app.svelte.ts';
import { loadTranslation } from './strings/load-translation.ts';
import { speak } from './strings.ts';
import { pageLanguage } from './text/page-language.ts';

const app = new App(desktop);
app.start(new AbortController().signal);
// No await at the top: what is imported on the way shares parts with this module, and would wait for it.
void begin();

async function begin(): Promise<void> {
  document.documentElement.lang = pageLanguage;
  const [translation] = await Promise.all([loadTranslation(pageLanguage), firstPaint()]);
  if (translation) speak(translation);
  const target = document.getElementById('app')!;
  target.replaceChildren();
  mount(AppShell, { target, props: { app } });
}

/** A window that is not shown may paint nothing; it waits no longer than a moment. */
function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
