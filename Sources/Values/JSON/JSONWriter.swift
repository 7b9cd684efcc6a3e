/// Writes values as JSON bytes.
package enum JSONWriter {
    package static func write(_ value: Value, to out: inout [UInt8]) {
    }

    /// The shortest digits that give a finite double back.
    package static func number(_ value: Double) -> String { "\(value)" }
}
