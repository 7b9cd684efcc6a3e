"""The aims beside what was reached. They are set for the greatest size but the last one, which is for ten records."""

AIMS = [
    # work, what is compared, the peer (by the beginning of its name), at most
    ("nothing changed", "time, to a digest of both files", ("xx", "BLAKE"), 3.0),
    ("another order", "time, to DuckDB's three-way merge", ("duckdb",), 0.6),
    ("1 % updated", "time, to Polars' merge", ("polars",), 1.0),
    ("both changed", "time, to Polars' merge", ("polars",), 1.0),
    ("first run", "time, to DuckDB's copy", ("duckdb",), 4.0),
]
MEMORY = 800
SMALL = 25


def verdict(reached, most):
    return "reached" if reached <= most else f"MISSED by {reached / most:.2f}"


def of_size(results):
    """Lines on what a size reached."""
    by_work = {result.work: result for result in results}
    lines = []
    for work, what, names, most in AIMS:
        result = by_work.get(work)
        if not result:
            continue
        peer = next((m for name, m in result.peers.items() if name.startswith(names)), None)
        if peer is None:
            lines.append(f"{work}: {what}: not measured, the peer is missing")
            continue
        ratio = result.ours.wall / peer.wall
        lines.append(f"{work}: {what}: {ratio:.2f}, aim at most {most}: {verdict(ratio, most)}")
    if results:
        memory = max(result.ours.memory for result in results)
        lines.append(f"memory at its highest: {memory:.0f} MiB, aim below {MEMORY}: {verdict(memory, MEMORY)}")
    if first := by_work.get("first run"):
        ratio = first.state / first.side
        lines.append(
            f"state after the first run: {ratio:.2f} of the greater file ({first.state / first.left:.2f} of the left), "
            f"aim at most 1: {verdict(ratio, 1)}")
    return lines


def of_ten(results):
    return [
        f"ten records, {result.work}: {result.ours.wall * 1000:.1f} ms, aim below {SMALL}: "
        f"{verdict(result.ours.wall * 1000, SMALL)}" for result in results]


def proportion(by_size):
    """How time grows with the records: 1 is in proportion."""
    sizes = sorted(by_size)
    if len(sizes) < 2:
        return []
    small, great = ({r.work: r.ours.wall / r.records for r in by_size[size]} for size in (sizes[-2], sizes[-1]))
    return [
        f"{work}: a record at {sizes[-1]:,} takes {great[work] / small[work]:.2f} of one at {sizes[-2]:,}"
        for work in great if work in small and work != "not due"]
