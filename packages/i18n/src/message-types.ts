import type { Params } from './params.ts'

/**
 * The dotted keys of a catalogue's messages. Any text where the catalogue's own keys are not known.
 *
 * Worked out once for a catalogue; what a message needs is worked out for the keys that are used, one by one.
 */
export type MessageKey<Messages> = string extends keyof Messages
  ? string
  : {
      [Key in keyof Messages & string]: Messages[Key] extends string | AnyChoice
        ? Key
        : Messages[Key] extends object
          ? Messages[Key] extends PluralOf<keyof Messages[Key]>
            ? Key
            : `${Key}.${MessageKey<Messages[Key]>}`
          : never
    }[keyof Messages & string]

/**
 * What follows a key: its parameters, which may be left out when it needs none, and then the options.
 *
 * For a key that can be any, nothing is required. It is also what TypeScript goes on with after a key that does not
 * exist, and so the error is about the key, and not about parameters.
 */
export type MessageArguments<Messages, Key, Options extends readonly unknown[]> =
  IsAnyKey<Messages, Key> extends true
    ? [params?: Params, ...options: Options]
    : ParamsOf<MessageAt<Messages, Key>> extends infer Needed
      ? {} extends Needed
        ? [params?: Params, ...options: Options]
        : [params: Needed, ...options: Options]
      : never

type IsAnyKey<Messages, Key> = string extends keyof Messages
  ? true
  : MessageKey<Messages> extends Key
    ? IsUnion<Key>
    : false
type IsUnion<Key, All = Key> = Key extends All ? ([All] extends [Key] ? false : true) : never

/** The message behind a dotted key. */
export type MessageAt<Messages, Key> = Key extends keyof Messages
  ? Messages[Key]
  : Key extends `${infer Head}.${infer Rest}`
    ? Head extends keyof Messages
      ? MessageAt<Messages[Head], Rest>
      : unknown
    : unknown

/** The parameters of a message, each with what its format can write. Unknown where the text itself is not known. */
export type ParamsOf<Message> = unknown extends Message
  ? Params
  : string extends TextsOf<Message>
    ? Params & SelectorsOf<Message>
    : Merged<SlotsOf<BodiesOf<TextsOf<Message>>> & SelectorsOf<Message>>

/** What a plain placeholder can write: anything with a text of its own. */
export type PlainValue = string | number | bigint | boolean | Date | DecimalLike
/** Decimals as text keep all their digits. */
export type NumericValue = number | bigint | DecimalLike | `${number}`
/** `Date`, milliseconds since the epoch, or ISO 8601. */
export type DateValue = Date | number | string

/** A number of a library for decimals, Prisma's among them. */
interface DecimalLike {
  toFixed(): string
}

type AnyChoice =
  | { readonly '@select': string }
  | { readonly '@plural': string }
  | { readonly '@ordinal': string }
type PluralKey = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other' | `=${number}`
type PluralOf<Keys> = Keys extends PluralKey ? { readonly other: string | AnyChoice } : never

type TextsOf<Message> = Message extends string
  ? Message
  : Message extends object
    ? TextsOf<Message[Exclude<keyof Message, `@${string}`>]>
    : never

type SelectorsOf<Message> = Message extends string
  ? unknown
  : Message extends { readonly '@select': infer Param }
    ? {
        readonly [P in Param & string]: BranchValue<Exclude<keyof Message, '@select'>>
      } & InnerSelectors<Message>
    : Message extends { readonly '@plural': infer Param } | { readonly '@ordinal': infer Param }
      ? { readonly [P in Param & string]: number | bigint } & InnerSelectors<Message>
      : { readonly count: number | bigint } & InnerSelectors<Message>

type InnerSelectors<Message> = Together<
  { [Key in keyof Message]: Message[Key] extends string ? never : SelectorsOf<Message[Key]> }[keyof Message]
>
/** `{ a } | { b }` as `{ a } & { b }`. */
type Together<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never

/** With `other`, any value will do. */
type BranchValue<Branch> = 'other' extends Branch
  ? (Branch & string) | (string & {}) | number | boolean
  : Branch & string

/** What stands between single braces: `total, currency, EUR`. */
type BodiesOf<Text extends string> = Text extends `${infer Before}{{${infer After}`
  ? BodiesOf<Before> | BodiesOf<After>
  : Text extends `${string}{${infer Body}}${infer After}`
    ? Body | BodiesOf<After>
    : never

type SlotsOf<Body extends string> = { readonly [B in Body as NameOf<B>]: ValueOf<B> } & {
  readonly [B in Body as CurrencyParamOf<B>]: string
}

type NameOf<Body> = Body extends `${infer Name},${string}` ? Word<Name> : Word<Body>
/** A name is a word: what has spaces, quotes or dots in it is no placeholder. */
type Word<Name> = Name extends '' | `${string}${' ' | '"' | '.' | ':' | '[' | '\n'}${string}` | `${number}`
  ? never
  : Name

type ValueOf<Body> = Body extends `${string},${infer Format}`
  ? Trimmed<Format> extends `number${string}` | `currency${string}`
    ? NumericValue
    : Trimmed<Format> extends `date${string}` | `time${string}`
      ? DateValue
      : Trimmed<Format> extends `list${string}`
        ? readonly string[]
        : PlainValue
  : PlainValue

type CurrencyParamOf<Body> = Body extends `${string},${infer Format}`
  ? Trimmed<Format> extends `currency,${infer Code}`
    ? Trimmed<Code> extends infer Name extends string
      ? Name extends Uppercase<Name>
        ? never
        : Name
      : never
    : never
  : never

type Trimmed<Text> = Text extends ` ${infer Rest}`
  ? Trimmed<Rest>
  : Text extends `${infer Rest} `
    ? Trimmed<Rest>
    : Text

type Merged<Shape> = { [Key in keyof Shape]: Shape[Key] }
