import { it } from 'vitest';
import { MemoryStore } from '../../server/store/memory.ts';
import { StoreError } from '../../server/store/store.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

it('the instructor reads that nothing is stored and that it is again, and deletes the class for everybody', async () => {
  const disk = { isFull: false };
  const store = new MemoryStore();
  const write = store.write.bind(store);
  store.write = async (...change) => {
    if (disk.isFull) throw new StoreError('unavailable', 'disk full');
    await write(...change);
  };
  const { url } = await startServer({ built: true, store });
  const { code, secret } = await createSession(url);
  const teacher = await visit(`${url}/teach/${code}#${secret}`, { locale: 'fr-FR' });
  await teacher.getByText('Préparer').first().waitFor();

  disk.isFull = true;
  const student = await visit(`${url}/${code}`);
  await student.getByLabel('Nickname').fill('Ada');
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  await student.getByText('You are in, ').waitFor();
  await teacher.getByText('ne peut pas être enregistré').waitFor();
  disk.isFull = false;
  await teacher.getByText('de nouveau enregistrée').waitFor();

  await teacher.getByRole('button', { name: 'Supprimer cette classe…' }).click();
  const dialog = teacher.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await teacher.getByRole('button', { name: 'Supprimer cette classe…' }).click();
  await dialog.getByRole('button', { name: 'Supprimer la classe' }).click();
  await teacher.getByRole('heading', { name: 'Cette classe est supprimée' }).waitFor();
  await student.getByText('This class is over').waitFor();
});
