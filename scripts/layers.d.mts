export interface Layer {
  path: string;
  imports: string[];
  packages?: string[];
  types?: string[];
  holds: string;
  keeps: string;
}
export const LAYERS: Layer[];
export function layerOf(file: string): Layer | undefined;
export function permits(allowed: string, layer: string, file: string): boolean;
export function faultOfImport(file: string, specifier: string, typeOnly: boolean): string | undefined;
export function withTable(text: string): string;
