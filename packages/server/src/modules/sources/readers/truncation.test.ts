import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FileRejection, type Reader } from '../reader.ts';
import { fregataJsonReader } from './fregata-json.ts';
import { recordRead } from './recording-sink.ts';
import { siecleXmlReader } from './siecle-xml.ts';
import { sygneDetailReader } from './sygne-detail.ts';
import { sygneListReader } from './sygne-list.ts';
import { sygneSchoolingsReader } from './sygne-schoolings.ts';

const PUPIL = '<ELEVE ELEVE_ID="1"><NOM>É&amp;T</NOM><PRENOM><![CDATA[Zoé]]></PRENOM><!-- rien --></ELEVE>';
const SIECLE = `<?xml version="1.0" encoding="UTF-8"?>
<BEE_ELEVES><PARAMETRES><UAJ>0951099D</UAJ></PARAMETRES><DONNEES><ELEVES>${PUPIL}${PUPIL}</ELEVES>
<STRUCTURES><STRUCTURES_ELEVE ELEVE_ID="1"><STRUCTURE><CODE_STRUCTURE>2A</CODE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE></STRUCTURES>
</DONNEES></BEE_ELEVES>
 `;
const twice = (payload: object): string => `${JSON.stringify([payload, payload])}\n `;

const samples: [string, Reader, string][] = [
  ['SIECLE', siecleXmlReader, SIECLE],
  ['SYGNE list', sygneListReader, twice({ ine: 'é"\\', nom: 'ESSAI', classe: null, anneeScolaire: 2025 })],
  [
    'SYGNE detail',
    sygneDetailReader,
    twice({ ine: 'x', prenom1: 'Zoé', adrResidenceEle: { codePays: '100' } }),
  ],
  [
    'SYGNE schoolings',
    sygneSchoolingsReader,
    twice({ ine: 'x', scolarites: [{ classe: '2A' }, { classe: null }] }),
  ],
  ['FREGATA', fregataJsonReader, twice({ id: 1, apprenant: { nomUsuel: 'É' }, estEN: false })],
];

/** CSV and one-value-a-line files carry no end mark: a cut between two rows cannot be seen in them by anybody. */
it.each(samples)('%s cut anywhere is refused, unless only blanks are gone', async (_name, reader, sample) => {
  const whole = Buffer.from(sample);
  const all = await recordRead(reader, whole);
  expect(all.rows).toHaveLength(2);
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const bytes = Buffer.from(encoding === 'utf8' ? sample : `\ufeff${sample}`, encoding);
    const end = Buffer.from(
      encoding === 'utf8' ? sample.trimEnd() : `\ufeff${sample.trimEnd()}`,
      encoding,
    ).length;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length }),
        fc.integer({ min: 1, max: 40 }),
        async (cut, size) => {
          const reading = recordRead(reader, bytes.subarray(0, cut), {}, size);
          if (cut >= end) expect((await reading).rows).toEqual(all.rows);
          else await expect(reading).rejects.toBeInstanceOf(FileRejection);
        },
      ),
      { seed: 20261124, numRuns: 400 },
    );
  }
});
