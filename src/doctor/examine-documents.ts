import { schema } from '../schema/schema.ts';
import { readTrustedDocuments, TrustedDocumentsError } from '../server/trusted-documents.ts';
import { type Finding, ill, well } from './finding.ts';

/** Whether each document of a manifest could run. */
export function examineDocuments(path: string): Finding {
  try {
    return well(
      'Documents',
      `${readTrustedDocuments(path, schema).size} of TRUSTED_DOCUMENTS, all of which can run`,
    );
  } catch (error) {
    if (!(error instanceof TrustedDocumentsError)) throw error;
    return ill('Documents', {
      found: `TRUSTED_DOCUMENTS ${error.message.replace(/\.$/, '')}`,
      mend: 'Set it to the manifest of your client, made anew against schema.graphql.',
    });
  }
}
