"""What a command costs: wall time, processor time, and memory at its highest."""
import os
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Measurement:
    wall: float
    """Seconds."""
    cpu: float
    """Seconds of the processor, in the program and in the system for it, of all its processes."""
    memory: float
    """MiB: the largest resident set of one process."""
    output: str


class CommandFailed(Exception):
    pass


def measure(command, folder=None, allowed=(0,)):
    """Runs a command once. This process stays small, because a child's peak begins with that of its parent."""
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    text = output.decode("utf-8", "replace")
    if child.returncode not in allowed:
        raise CommandFailed(f"{' '.join(map(str, command))[:200]}: exit code {child.returncode}\n{text[-2000:]}")
    return Measurement(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def median(measurements):
    """The median of each figure; memory is the most that was seen."""
    return Measurement(
        statistics.median(m.wall for m in measurements), statistics.median(m.cpu for m in measurements),
        max(m.memory for m in measurements), measurements[-1].output)


def repeated(times, prepare, command, folder=None, patience=40):
    """Measures a command several times, each after a fresh preparation; what takes long is not done more often than patience
    (in seconds) allows."""
    done, spent = [], 0.0
    for _ in range(times):
        prepare()
        os.sync()  # Else what is synced in the measured time may be the preparation.
        done.append(measure(command, folder))
        spent += done[-1].wall
        if spent > patience:
            break
    return median(done)
