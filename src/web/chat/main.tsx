import { render } from 'preact';
import '../shared/theme.css';
import './chat.css';
import './bubbles.css';
import './case.css';
import './composer.css';
import { App } from './app.tsx';

const root = document.getElementById('chat');
if (root !== null) render(<App />, root);
