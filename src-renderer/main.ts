/** Entry of the page: styles, one App, one component. */
import './fonts.css';
import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import AppShell from './app-shell.svelte';
import { desktop } from './bridge/desktop.ts';
import { App } from './state/app.svelte.ts';

const app = new App(desktop);
app.start(new AbortController().signal);
const target = document.getElementById('app')!;
target.replaceChildren();
mount(AppShell, { target, props: { app } });
