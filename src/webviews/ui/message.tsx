import './message.css';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

interface MessageProps {
  readonly icon: string;
  readonly title: string;
  readonly children?: ComponentChildren;
  /** Errors are announced as they appear. */
  readonly isError?: boolean;
}

/** What a view shows when it has nothing else: empty, or failed. */
export function Message({ icon, title, children, isError }: MessageProps) {
  return (
    <div class="message" role={isError === true ? 'alert' : 'status'}>
      <Icon name={icon} className={isError === true ? 'message-icon error' : 'message-icon'} />
      <p class="message-title">{title}</p>
      <div class="message-body">{children}</div>
    </div>
  );
}
