internal import Values

/// HTML as ticket systems write it.
enum HTMLText {
    /// The text of a document: blocks become lines, entities characters, and what is neither is left out.
    static func plain(_ html: String) -> String {
        // Bytes, as a browser reads them: to a `Character`, '>' with an accent behind it would be no end of a tag.
        var reading = Reading(Array(html.utf8))
        return reading.plain()
    }

    /// Lines as HTML, with what has a meaning there escaped.
    static func marked(_ text: String) -> String {
        var out: [UInt8] = []
        var former: UInt8?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "<"): out += "&lt;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            case UInt8(ascii: "\""): out += "&quot;".utf8
            case UInt8(ascii: "\r"): out += "<br>".utf8
            case UInt8(ascii: "\n"): if former != UInt8(ascii: "\r") { out += "<br>".utf8 }
            default: out.append(byte)
            }
            former = byte
        }
        return String(decoding: out, as: UTF8.self)
    }

    private struct Reading {
        private let bytes: [UInt8]
        private let lastEnd: Int
        private var at = 0
        private var out: [UInt8] = []
        /// The element whose content nobody sees.
        private var hidden: String?

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            lastEnd = bytes.lastIndex(of: UInt8(ascii: ">")) ?? -1
        }

        mutating func plain() -> String {
            while at < bytes.count {
                switch bytes[at] {
                // Nothing is looked for that is known not to follow: a text of nothing but '<' takes no longer than another.
                case UInt8(ascii: "<") where at < lastEnd: tag()
                case UInt8(ascii: "&"): entity()
                default: add(CollectionOfOne(bytes[at]))
                }
            }
            while let last = out.last, last == 0x20 || (0x09...0x0D).contains(last) { out.removeLast() }
            return String(decoding: out, as: UTF8.self)
        }

        private mutating func add(_ text: some Collection<UInt8>, length: Int = 1) {
            if hidden == nil { out += text }
            at += length
        }

        private mutating func tag() {
            guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { return add("<".utf8) }
            let content = bytes[(at + 1)..<end]
            at = end + 1
            let isEnd = content.first == UInt8(ascii: "/")
            let letters = content.drop { $0 == UInt8(ascii: "/") }.prefix(12).map { $0 | 0x20 }
            let name = String(
                decoding: letters.prefix { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }, as: UTF8.self)
            if let open = hidden {
                if isEnd && name == open { hidden = nil }
            } else if !isEnd, ["script", "style", "head"].contains(name) {
                hidden = name
            } else if name == "br" || (isEnd && HTMLText.blocks.contains(name)) {
                out.append(UInt8(ascii: "\n"))
            } else if name == "li" {
                out += "- ".utf8
            }
        }

        private mutating func entity() {
            let name = bytes[(at + 1)...].prefix(10).prefix { $0 != UInt8(ascii: ";") }
            guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";"),
                let text = HTMLText.meant(String(decoding: name, as: UTF8.self))
            else { return add("&".utf8) }
            add(text.utf8, length: name.count + 2)
        }
    }

    private static let blocks: Set = ["p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"]

    private static let named = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    ]

    /// What stands between '&' and ';'.
    private static func meant(_ name: String) -> String? {
        if let known = named[name] { return known }
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let number = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
