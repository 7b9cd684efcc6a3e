internal import Model
internal import Values

/// Steps through a JSON document of any size, which passes through a window.
struct JSONStream {
    var stream: FileStream
    /// The offset of the next byte in the window.
    var at: Int
    /// What stands from here on stays in the window.
    private(set) var kept: Int
    /// The line of the byte at `kept`.
    private(set) var line = 1

    private let file: CollectionFile

    /// A list or an object that was entered.
    struct Level {
        let isObject: Bool
        /// The name by which the way to the records left this object: it must not stand there again.
        var taken: [UInt8]?
        var isFirst = true

        var closing: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    init(_ file: CollectionFile, _ stream: FileStream) throws(EndpointFailure) {
        self.file = file
        self.stream = stream
        at = try self.stream.markEnd(of: file)
        kept = at
    }

    /// Lets go of all that stands before an offset.
    mutating func release(before offset: Int) {
        line += count(Byte.lineFeed, in: stream.bytes(kept..<offset))
        kept = offset
    }

    /// The line of an offset that is still in the window.
    func line(of offset: Int) -> Int { line + count(Byte.lineFeed, in: stream.bytes(kept..<offset)) }

    /// Reads on; false at the end of the document.
    private mutating func more() throws(EndpointFailure) -> Bool {
        if stream.filled - kept > FileStream.recordLimit {
            throw file.malformed("the value is longer than 64 MiB", line: line)
        }
        let start = kept
        guard try stream.more(keepingFrom: start) else { return false }
        at -= start
        kept = 0
        return true
    }

    func failure(_ problem: JSON.Problem, at offset: Int) -> EndpointFailure {
        failure(JSON.Failure(problem, at: offset).reason(in: stream.bytes), at: offset)
    }

    /// A mistake at an offset of the window.
    func failure(_ message: String, at offset: Int) -> EndpointFailure {
        do throws(EndpointFailure) {
            let place = try file.position(of: stream.size - stream.filled + offset)
            return file.malformed(message, line: place.line, column: place.column)
        } catch {
            return error
        }
    }
}

extension JSONStream {
    /// Steps over space, and gives the byte behind it.
    @inline(__always)
    mutating func next() throws(EndpointFailure) -> UInt8 {
        while true {
            let bytes = stream.bytes
            while at < bytes.count {
                let byte = bytes[at]
                if byte > Byte.space || !isSpace(byte) { return byte }
                at += 1
            }
            guard try more() else { throw failure(.end, at: at) }
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == Byte.space || byte == Byte.lineFeed || byte == Byte.carriageReturn || byte == Byte.tab
    }

    /// Steps over one value that fits into the window.
    mutating func skipWhole() throws(EndpointFailure) -> Range<Int> {
        while true {
            var reader = JSONReader(stream.bytes, in: at..<stream.filled)
            do throws(JSON.Failure) {
                let range = try reader.skipValue()
                // A number that ends with the window may go on behind it.
                if range.upperBound < stream.filled || stream.isAtEnd {
                    at = range.upperBound
                    return range
                }
            } catch {
                // So near to the end of the window the mistake may be the cut.
                if stream.isAtEnd || error.offset < stream.filled - 16 { throw failure(error.reason, at: error.offset) }
            }
            _ = try more()
        }
    }

    /// Steps over the start of a value, and into it where it is a list or an object.
    mutating func begin(_ levels: inout [Level]) throws(EndpointFailure) {
        let byte = try next()
        release(before: at)
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
            if levels.count == JSON.depthLimit { throw failure(.tooDeep, at: at) }
            at += 1
            levels.append(Level(isObject: byte == UInt8(ascii: "{")))
        } else {
            _ = try skipWhole()
        }
    }

    /// Steps to the next value of the innermost level, over its name where it has one, and out of levels that end; nil
    /// when all have. What comes back is the name, or nothing for an element of a list.
    mutating func advance(_ levels: inout [Level], downTo floor: Int = 0) throws(EndpointFailure) -> [UInt8]? {
        while levels.count > floor {
            let last = levels.count - 1
            let byte = try next()
            if byte == levels[last].closing {
                at += 1
                levels.removeLast()
                continue
            }
            if levels[last].isFirst {
                levels[last].isFirst = false
            } else {
                try skipComma(closing: levels[last].closing)
            }
            return levels[last].isObject ? try name(levels[last]) : []
        }
        return nil
    }

    /// Goes on to the end of all levels above the floor.
    mutating func finish(_ levels: inout [Level], downTo floor: Int = 0) throws(EndpointFailure) {
        while try advance(&levels, downTo: floor) != nil { try begin(&levels) }
    }

    /// Steps over a comma and the space behind it.
    mutating func skipComma(closing: UInt8) throws(EndpointFailure) {
        guard try next() == UInt8(ascii: ",") else { throw failure(.noSeparator(closing: closing), at: at) }
        at += 1
        if try next() == closing { throw failure(.trailingComma, at: at) }
    }

    /// Refuses whatever follows but space.
    mutating func finishDocument() throws(EndpointFailure) {
        repeat {
            release(before: at)
            while at < stream.filled, isSpace(stream.bytes[at]) { at += 1 }
            if at < stream.filled { throw failure(.trailingText, at: at) }
        } while try more()
    }

    private mutating func name(_ level: Level) throws(EndpointFailure) -> [UInt8] {
        guard try next() == Byte.quote else { throw failure(.noName, at: at) }
        release(before: at)
        let range = try skipWhole()
        var name: [UInt8] = []
        var reader = JSONReader(stream.bytes, in: range)
        do throws(JSON.Failure) {
            try reader.readString(into: &name)
        } catch {
            throw failure(error.reason, at: error.offset)
        }
        if name == level.taken { throw failure(.duplicateName, at: range.lowerBound) }
        guard try next() == UInt8(ascii: ":") else { throw failure(.noColon, at: at) }
        at += 1
        return name
    }
}

extension CollectionFile {
    /// The line and column of an offset in the file, for messages.
    func position(of offset: Int) throws(EndpointFailure) -> (line: Int, column: Int) {
        let (opened, identity) = try openToRead()
        var stream = FileStream(opened, identity)
        let mark = try stream.markEnd(of: self)
        var place = (line: 1, column: 1)
        var done = mark
        while done < offset {
            for byte in stream.bytes.prefix(offset - (stream.size - stream.filled)).dropFirst(
                done - (stream.size - stream.filled))
            {
                if byte == Byte.lineFeed {
                    place = (place.line + 1, 1)
                } else if byte & 0xC0 != 0x80 {
                    place.column += 1
                }
            }
            done = min(offset, stream.size)
            if try !stream.more(keepingFrom: stream.filled) { break }
        }
        return place
    }
}
