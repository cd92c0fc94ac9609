"""What exported loaders read: python3 check_loaders.py FOLDER

Reads FOLDER/request.json: {"folder", "packages", "rows"}. Writes FOLDER/response.json: for each package its splits, and of each
stream the first rows, flat, null for NaN, and which of these rows have each stream that some lack; or {"error"}.
"""

import importlib
import json
import os
import sys
import traceback
from pathlib import Path

scratch = Path(sys.argv[1])
request = json.loads((scratch / "request.json").read_text())
sys.path.insert(0, request["folder"])
# A file is found beside the package, wherever the program runs.
os.chdir(scratch)


def numbers(values):
    return [None if value != value else value for value in values.reshape(-1).tolist()]


def loaded(package):
    data = importlib.import_module(package).Data()
    rows = range(request["rows"])
    return {
        "splits": {name: rows.tolist() for name, rows in data.splits.items()},
        "streams": {name: numbers(data.rows(name, rows)) for name in data.streams},
        "present": {name: there.tolist() for name, there in data.present(rows).items()},
    }


answer = {}
for package in request["packages"]:
    try:
        answer[package] = loaded(package)
    except (Exception, SystemExit):
        answer[package] = {"error": traceback.format_exc()}
(scratch / "response.bin").write_bytes(b"")
(scratch / "response.json").write_text(json.dumps(answer))
