import type { Session } from '../aws/session.js';
import type { Connection } from '../core/connection.js';
import { runForPerson } from '../platform/commands.js';
import { cancelled } from '../platform/quickInput.js';

/** The connection in use; a person who has none chooses one first. */
export async function chosenConnection(session: Session): Promise<Connection> {
  const settled = await session.settled();
  if (settled) return settled;
  await runForPerson('bedrock.connection.select');
  if (!session.current) throw cancelled();
  return session.current;
}
