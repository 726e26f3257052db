import type { runUntilStopped, Start } from './run-until-stopped.ts';
import { nodeRefusal, toSentences } from './start-refusals.ts';

// What a command does not need is not even read; nor could a Node that is too old read all of it.

const gatewayPort = 4000;

export async function start(): Promise<void> {
  await run(
    async (...args) => {
      const { startGateway } = await import('./start-gateway.ts');
      return startGateway(...args);
    },
    { defaultPort: gatewayPort },
  );
}

export async function startSandbox({ webhooks }: { readonly webhooks?: string }): Promise<void> {
  await run(
    async ({ host, port }, opened) => {
      const { createSandbox } = await import('./sandbox/sandbox.ts');
      const sandbox = await createSandbox({ host, port, ...(webhooks && { webhooks: { url: webhooks } }) });
      opened.push(() => sandbox.close());
      return `The sandbox is ready: an emulator of the Ecwid REST API. Point a gateway at it by

  ECWID_API_URL=${sandbox.url} ECWID_STORE_ID=${sandbox.storeId} ECWID_TOKEN=${sandbox.secretToken}
`;
    },
    // It has no rules of its own about who may call it.
    { defaultPort: 4001, mayBeOpen: true },
  );
}

export async function printSchema({ subgraph = false }: { readonly subgraph?: boolean }): Promise<void> {
  refuseOldNode();
  const { schema } = await import('./schema/schema.ts');
  const { printReadableSdl, printSubgraphSdl } = await import('./schema/print-sdl.ts');
  process.stdout.write(subgraph ? await printSubgraphSdl(schema) : printReadableSdl(schema));
}

export async function consultDoctor(): Promise<void> {
  const { examine } = await import('./doctor/examine.ts');
  const { printFindings } = await import('./doctor/print-findings.ts');
  const findings = await examine({ defaultPort: gatewayPort });
  process.stdout.write(printFindings(findings));
  if (findings.some(({ verdict }) => verdict === 'ill')) process.exitCode = 1;
  // A name that is still looked up cannot be given up.
  setTimeout(() => process.exit(), 200).unref();
}

async function run(start: Start, port: Parameters<typeof runUntilStopped>[1]): Promise<void> {
  refuseOldNode();
  const { runUntilStopped } = await import('./run-until-stopped.ts');
  await runUntilStopped(start, port);
}

function refuseOldNode(): void {
  const refusal = nodeRefusal(process.versions.node);
  if (refusal) throw new Error(toSentences(refusal));
}
