import Values

/// The checksum at the end of `state.json`: of all bytes before it. What is wrong in a field is told by the field first, so that
/// the message names the line; the seal finds what no field shows, such as a count that is another.
enum HeaderSeal {
    private static let key = ",\n  \"checksum\": \""
    private static let end = "\"\n}\n"
    private static let digits = 16

    /// Puts the checksum in as the last key of an object over several lines.
    static func close(_ object: [UInt8]) -> [UInt8] {
        let content = object.dropLast("\n}\n".utf8.count)
        return content + Array((key + Fingerprint(of: Array(content)).description + end).utf8)
    }

    static func check(_ bytes: [UInt8], path: String) throws(StateFailure) {
        let start = bytes.count - key.utf8.count - digits - end.utf8.count
        let line = bytes.count { $0 == 0x0A } - 1
        guard start > 0, bytes[start...].starts(with: key.utf8), bytes.suffix(end.utf8.count).elementsEqual(end.utf8)
        else { throw .damaged(path: path, line: max(1, line), reason: "it does not end with its checksum") }
        let given = bytes[(start + key.utf8.count)...].prefix(digits)
        guard Fingerprint(of: Array(bytes[..<start])).description.utf8.elementsEqual(given) else {
            throw .damaged(path: path, line: max(1, line), reason: "its checksum does not fit: it was changed")
        }
    }
}
