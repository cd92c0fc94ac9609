"""Runs Python scripts in forks of one process that has torch, since importing it takes longer than a short run.

    python3 warm_python.py SOCKET COMMAND      serves until its standard input ends; writes COMMAND, which runs a script as `python` would
"""

import array
import json
import os
import runpy
import select
import socket
import sys

COMMAND = """#!{python} -IS
import array, json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({address!r})
asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
server.sendmsg([len(asked).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
server.sendall(asked)
sys.exit(int.from_bytes(server.recv(1) or b"\\x01", "big"))
"""


def carry_out(arguments):
    """Of Python's own options those that are used here: -u, and -m."""
    arguments = [one for one in arguments if one != "-u"]
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        sys.path.insert(0, os.getcwd())
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        sys.path.insert(0, os.path.dirname(os.path.abspath(arguments[0])))
        runpy.run_path(arguments[0], run_name="__main__")


def answer(client, command):
    """In a fork: runs the script with the client's folder, environment and standard streams."""
    length, streams, *_ = client.recvmsg(4, socket.CMSG_SPACE(3 * 4))
    arguments, folder, environment = json.loads(client.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL))
    for place, stream in enumerate(array.array("i", streams[0][2])):
        os.dup2(stream, place)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.executable = command
    status = 0
    try:
        carry_out(arguments)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    client.sendall(bytes([status]))
    os._exit(status)


def main(address, command):
    import torch._dynamo  # noqa: F401
    import torch.distributed.run  # noqa: F401

    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    with open(command, "w") as file:
        file.write(COMMAND.format(python=sys.executable, address=address))
    os.chmod(command, 0o755)
    print("ready", flush=True)
    while server in select.select([server, sys.stdin], [], [])[0]:
        client, _ = server.accept()
        if os.fork() == 0:
            server.close()
            answer(client, command)
        client.close()


main(*sys.argv[1:])
