import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './style/tokens.css';
import './style/base.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { startLanguage } from './i18n/i18n.svelte.ts';
import { applyTheme } from './style/theme.svelte.ts';

applyTheme();
await startLanguage();
const target = document.querySelector('#app');
// What a browser shows that cannot run this has done its duty.
target?.replaceChildren();
if (target) mount(App, { target });
