import { type NodeRefusal, readNodeRefusal } from '../domain/node-message.ts'
import type { RpcRefusedError } from './errors.ts'

/** What the node means by its refusal. */
export function meaningOf({ nodeCode, nodeMessage, nodeData, httpStatus }: RpcRefusedError): NodeRefusal {
  return readNodeRefusal({ code: nodeCode, message: nodeMessage, data: nodeData, httpStatus })
}
