/**
 * The readers of data files, in the order in which they are asked whether a file is theirs. To add one, write its file
 * beside this one and add it to the list; the manual and the messages about other files follow.
 */
import type { DataReader, FolderReader } from "../reader";
import { csv } from "./csv";
import { hdf5 } from "./hdf5";
import { images } from "./images";
import { jsonl } from "./jsonl";
import { idx } from "./idx";
import { npy } from "./npy";
import { npz } from "./npz";
import { parquet } from "./parquet";
import { sounds } from "./sounds";

export const readers: readonly DataReader[] = [npz, npy, idx, parquet, hdf5, jsonl, csv];

export const folderReaders: readonly FolderReader[] = [images, sounds];
