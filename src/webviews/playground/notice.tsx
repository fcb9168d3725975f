import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { strings } from './page.js';

/** Something that went wrong beside the answers. */
export function Notice({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <p class="notice error" role="alert">
      <Icon name="warning" />
      <span>{text}</span>
      <IconButton icon="close" label={strings.close} onClick={onClose} />
    </p>
  );
}
