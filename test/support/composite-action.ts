/** Runs a composite action's own scripts the way GitHub's runner does; steps that use other actions are left out. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

type Step = {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly shell?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
  readonly 'working-directory'?: string
}
type Input = { readonly description: string; readonly default?: string }
export type Action = {
  readonly inputs: Readonly<Record<string, Input>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

export function readAction(file: string): Action {
  return parse(readFileSync(file, 'utf8'))
}

export type ActionRun = {
  /** Of the job: that of the first script that failed. */
  readonly exitCode: number
  /** What each script that ran ended in, by the name of its step. */
  readonly endings: Readonly<Record<string, number>>
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
  /** Actions of others that would have run, with what they would have been given. */
  readonly used: Readonly<Record<string, Readonly<Record<string, string>>>>
}

type Setting = {
  readonly inputs: Readonly<Record<string, string>>
  /** Of the step that uses the action. */
  readonly env: Readonly<Record<string, string>>
  readonly workspace: string
  /** The runner's own folder, which must be there. */
  readonly temp: string
}

/** @throws for an expression that it does not know, and an input that the action does not have */
export async function runAction(action: Action, setting: Setting): Promise<ActionRun> {
  const { temp, workspace, env } = setting
  const context = contextOf(action, setting)
  const used: Record<string, Readonly<Record<string, string>>> = {}
  const endings: Record<string, number> = {}
  let exitCode = 0
  let log = ''
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') }
  await mkdir(workspace, { recursive: true })
  await writeFile(files.GITHUB_STEP_SUMMARY, '')
  for (const step of action.runs.steps) {
    if (!isDue(step.if, context, exitCode === 0)) continue
    if (step.uses !== undefined) used[step.uses.replace(/@.*/s, '')] = fillAll(step.with, context)
    if (step.run === undefined) continue
    await writeFile(files.GITHUB_OUTPUT, '')
    const cwd = resolve(workspace, fill(step['working-directory'] ?? '.', context))
    const ended = await bash(step.run, { cwd, env: { ...env, ...fillAll(step.env, context), ...files } })
    log += ended.log
    endings[step.name] = ended.exitCode
    if (exitCode === 0) exitCode = ended.exitCode
    for (const [, name = '', text = ''] of readFileSync(files.GITHUB_OUTPUT, 'utf8').matchAll(/^([\w-]+)=(.*)$/gm))
      context.set(`steps.${step.id}.outputs.${name}`, text)
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value, context)])
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')
  return { exitCode, endings, log, summary, outputs: Object.fromEntries(outputs), used }
}

type Context = Map<string, string>

function contextOf({ inputs }: Action, { inputs: given, temp }: Setting): Context {
  const known = Object.entries(inputs).map(([name, input]) => [`inputs.${name}`, input.default ?? ''] as const)
  const context: Context = new Map([...known, ['runner.temp', temp], ['runner.os', 'Linux']])
  for (const [name, text] of [
    ['github.run_id', '1'],
    ['github.run_attempt', '1'],
  ] as const)
    context.set(name, text)
  for (const [name, text] of Object.entries(given)) {
    if (inputs[name] === undefined) throw new Error(`the action has no input ${name}`)
    context.set(`inputs.${name}`, text)
  }
  return context
}

/** The first of the names and the 'texts', with || between them, that is not empty. */
function lookUp(expression: string, context: Context): string {
  const found = expression.split(' || ').map((name) => {
    const [, text] = /^'([^']*)'$/.exec(name) ?? []
    if (text !== undefined) return text
    const known = context.get(name)
    // What a step did not say is empty.
    if (known === undefined && !name.startsWith('steps.')) throw new Error(`unknown expression ${name}`)
    return known ?? ''
  })
  return found.find((known) => known !== '') ?? ''
}

function fill(text: string, context: Context): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => lookUp(expression, context))
}

function fillAll(texts: Readonly<Record<string, string>> = {}, context: Context): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text, context)]))
}

/** Conditions that are joined by && only. */
function isDue(condition: string | undefined, context: Context, isWell: boolean): boolean {
  const parts = (condition ?? '').split('&&').map((part) => part.trim())
  if (!parts.includes('always()') && !isWell) return false
  return parts.every((part) => {
    if (part === '' || part === 'always()') return true
    const [, name = '', sign, text] = /^(\S+) (==|!=) '(.*)'$/.exec(part) ?? []
    return (lookUp(name, context) === text) === (sign === '==')
  })
}

type Place = { readonly cwd: string; readonly env: Readonly<Record<string, string>> }

function bash(script: string, { cwd, env }: Place): Promise<{ readonly exitCode: number; readonly log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env })
    let log = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        log += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? -1, log }))
  })
}
