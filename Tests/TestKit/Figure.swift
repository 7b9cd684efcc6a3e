internal import Glibc

/// Whether everything is tried, and not a part that is the same each time: `LOCKSTEP_FULL=1`.
package let isFull = getenv("LOCKSTEP_FULL").map { String(cString: $0) } == "1"

/// Tells a figure, which `Tests/figures` adds up with those of the same name.
package func figure(_ name: String, _ value: Int) { print("figure: \(name) = \(value)") }
