/** A directed graph of variables: who is inferred from whom (encoder), or which information is kept (decoder). */
export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface GraphNode {
  name: string;
  kind: "modality" | "target" | "latent";
}

export interface GraphEdge {
  from: string;
  to: string;
  /** Term that says so, by id; absent for an encoder that no term pays for. */
  term?: string;
  /** Edges between two codes have no direction of their own: drawn without an arrow head. */
  symmetric?: boolean;
}
