/// Names of jobs, syncs and connections, made of what files and collections are called.
enum ProposedNames {
    /// A name of small letters, digits, `_` and `-` that begins with a letter; nil where nothing is left.
    static func name(of text: String) -> String? {
        var bytes: [UInt8] = []
        for byte in text.lowercased().utf8.prefix(80) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): if !bytes.isEmpty { bytes.append(byte) }
            default: if !bytes.isEmpty, bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
            }
        }
        while bytes.last == UInt8(ascii: "-") || bytes.last == UInt8(ascii: "_") { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes.prefix(40), as: UTF8.self)
    }

    /// What a file is called without its folder and its ending.
    static func stem(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
    }

    /// The ending, in small letters.
    static func ending(of path: String) -> String { path.split(separator: ".").last.map { $0.lowercased() } ?? "" }
}
