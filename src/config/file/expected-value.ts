/** What a schema takes at a place: its kind of value and its limits, so that a hint can name them. */
import { z } from 'zod'
import type { Expectation } from '../../domain/expectation.ts'
import type { Path } from './problem.ts'

type Schema = z.core.$ZodType
type Shape = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
}

/** @param examples some values that would do; all of them where the schema knows no others */
export function expectedAt(schema: Schema, path: Path, examples: readonly string[]): Expectation {
  const found = schemasAt(schema, path)
  if (found.some((each) => each instanceof z.ZodBigInt)) return { kind: 'whole', values: examples }
  const shapes = found.flatMap((each) =>
    alternatives(z.toJSONSchema(each, { io: 'input', unrepresentable: 'any' }) as Shape),
  ) // plain data, whose other keys are of no use here
  const words = shapes.flatMap(wordsOf)
  const numbers = shapes.filter(({ type }) => type === 'number' || type === 'integer')
  const [number] = numbers
  if (shapes.length > 0 && shapes.every((shape) => wordsOf(shape).length > 0)) return { kind: 'one-of', values: words }
  if (number !== undefined && numbers.length + words.length === shapes.length)
    return numberIn(number, { words, examples })
  // All words there are, and a map of something: the examples name both.
  if (words.length > 0 && shapes.every((shape) => wordsOf(shape).length > 0 || shape.type === 'object')) {
    return { kind: 'one-of', values: examples }
  }
  return {
    kind: shapes.length > 0 && shapes.every(({ type }) => type === 'array') ? 'list' : 'example',
    values: examples,
  }
}

/** All that may stand at a place: of a union each of its members that has the place. */
export function schemasAt(schema: Schema, path: Path): readonly Schema[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return schemasAt(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodNullable) return schemasAt(schema.unwrap(), path)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => schemasAt(option, path))
  const [key, ...rest] = path
  if (key === undefined) return [schema]
  if (schema instanceof z.ZodObject) {
    return Object.hasOwn(schema.shape, key) ? schemasAt(schema.shape[key], rest) : []
  }
  if (schema instanceof z.ZodArray) return schemasAt(schema.element, rest)
  return schema instanceof z.ZodRecord ? schemasAt(schema.valueType, rest) : []
}

function alternatives(shape: Shape): readonly Shape[] {
  return shape.anyOf === undefined ? [shape] : shape.anyOf.flatMap(alternatives)
}

function wordsOf(shape: Shape): readonly string[] {
  if (shape.type === 'boolean') return ['true', 'false']
  return (shape.enum ?? (shape.const === undefined ? [] : [shape.const])).map(String)
}

type Beside = { readonly words: readonly string[]; readonly examples: readonly string[] }

function numberIn({ type, minimum, exclusiveMinimum, maximum }: Shape, { words, examples }: Beside): Expectation {
  const [also] = words
  return {
    kind: type === 'integer' ? 'whole' : 'number',
    values: examples.filter((example) => !words.includes(example)),
    // An integer's own limits are those of the language, and say nothing.
    ...(exclusiveMinimum !== undefined && { above: exclusiveMinimum }),
    ...(exclusiveMinimum === undefined &&
      minimum !== undefined &&
      minimum > Number.MIN_SAFE_INTEGER && { from: minimum }),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { to: maximum }),
    ...(also !== undefined && { also }),
  }
}
