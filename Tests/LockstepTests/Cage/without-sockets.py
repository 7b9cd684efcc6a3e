"""Runs a program that cannot open a socket of any kind, and has no variable but PATH: without-sockets.py PROGRAM [ARGUMENT...]

The kernel refuses the call (seccomp(2)), for the program and for whatever it starts.
"""

import ctypes
import errno
import os
import platform
import sys

SOCKET = {"x86_64": 41, "aarch64": 198}[platform.machine()]
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


class Step(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("then", ctypes.c_ubyte), ("otherwise", ctypes.c_ubyte), ("k", ctypes.c_uint)]


class Steps(ctypes.Structure):
    _fields_ = [("count", ctypes.c_ushort), ("first", ctypes.POINTER(Step))]


steps = (Step * 4)(
    Step(LOAD, 0, 0, 0), Step(IF_EQUAL, 0, 1, SOCKET), Step(RETURN, 0, 0, REFUSE), Step(RETURN, 0, 0, ALLOW)
)
libc = ctypes.CDLL(None, use_errno=True)
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
    sys.exit("cannot give up privileges")
if libc.prctl(SECCOMP, FILTER, ctypes.byref(Steps(len(steps), steps))) != 0:
    sys.exit("cannot refuse sockets: " + os.strerror(ctypes.get_errno()))
os.execve(sys.argv[1], sys.argv[1:], {"PATH": "/usr/bin:/bin"})
