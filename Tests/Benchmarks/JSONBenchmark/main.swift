// Prints how fast JSON is read and written here, beside Foundation's JSONSerialization, on tickets made from a seed.
// Build it with `-c release`: a debug build says nothing.

import Foundation
import Values

let tickets = Tickets(count: 20_000, seed: 7)
let lines = tickets.lines()
let array = tickets.array()
print("\(tickets.count) tickets, \(megabytes(lines.count)) MB as lines, \(megabytes(array.count)) MB as one array")

let values = try JSON.parse(array)
let onlyOurs = CommandLine.arguments.contains("ours")
let foundation = onlyOurs ? [] : try JSONSerialization.jsonObject(with: Data(array))

func row(_ name: String, bytes: Int, ours: () throws -> Void, theirs: (() throws -> Void)? = nil) throws {
    // For a profiler: a word on the command line picks the rows that hold it, and `ours` leaves Foundation out.
    if let wanted = CommandLine.arguments.dropFirst().first, wanted != "ours", !name.contains(wanted) { return }
    let mine = try median(ours)
    var text = name.padding(toLength: 34, withPad: " ", startingAt: 0) + column(Double(bytes) / mine / 1e6)
    if let theirs, !onlyOurs {
        let other = try median(theirs)
        text += column(Double(bytes) / other / 1e6) + String(format: "%8.1fx", other / mine)
    }
    print(text)
}

print("MB/s".padding(toLength: 34, withPad: " ", startingAt: 0) + "      ours     Found.    ratio")
try row("read an array", bytes: array.count) {
    consume(try JSON.parse(array))
} theirs: {
    consume(try JSONSerialization.jsonObject(with: Data(array)))
}
try row("read lines, one builder", bytes: lines.count) {
    try lines.withUnsafeBytes { bytes in
        var builder = JSONBuilder()
        try forEachLine(bytes) { consume(try builder.document(in: bytes, range: $0)) }
    }
} theirs: {
    try lines.withUnsafeBytes { bytes in
        try forEachLine(bytes) { consume(try JSONSerialization.jsonObject(with: Data(bytes[$0]))) }
    }
}
try row("read lines, each for itself", bytes: lines.count) {
    try lines.withUnsafeBytes { bytes in
        try forEachLine(bytes) { consume(try JSON.parse(UnsafeRawBufferPointer(rebasing: bytes[$0]))) }
    }
}
try row("write an array", bytes: array.count) {
    var out: [UInt8] = []
    JSONWriter.write(values, to: &out)
    consume(out)
} theirs: {
    consume(try? JSONSerialization.data(withJSONObject: foundation))
}
let records = values.list ?? []
try row("write lines", bytes: lines.count) {
    var out: [UInt8] = []
    for record in records {
        JSONWriter.write(record, to: &out)
        out.append(0x0A)
    }
    consume(out)
}
try row("check a text, making no values", bytes: array.count) {
    try array.withUnsafeBytes { bytes in
        var reader = JSONReader(bytes)
        try reader.skipValue()
    }
}
try row("find the id of each line", bytes: lines.count) {
    try lines.withUnsafeBytes { bytes in
        let wanted = Array("id".utf8)
        try forEachLine(bytes) { line in
            var reader = JSONReader(bytes, in: line)
            var walk = try reader.enterObject()
            while let name = try reader.nextName(&walk) {
                let value = try reader.skipValue()
                if reader.text(name, is: wanted) { consume(value) }
            }
        }
    }
}
try row("fingerprint each line", bytes: lines.count) {
    lines.withUnsafeBytes { bytes in
        forEachLine(bytes) { consume(Fingerprint(of: UnsafeRawBufferPointer(rebasing: bytes[$0]))) }
    }
}
try row("fingerprint the whole", bytes: lines.count) { consume(Fingerprint(of: lines)) }
