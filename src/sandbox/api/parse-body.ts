import { parse } from 'yaml';
import type { Json } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';

export function parseJson(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch (error) {
    throw new ApiError(
      'BadRequest',
      `the body is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
}

export function parseYaml(body: string): Json {
  try {
    return parse(body) as Json;
  } catch (error) {
    throw new ApiError(
      'BadRequest',
      `error decoding YAML: ${error instanceof Error ? error.message : error}`,
    );
  }
}
