import Diagnostics
import Values

/// A word of a command line.
package enum ShellWord {
    /// The word as a shell takes it: between quotes, but where nothing in it needs them. What does not show as it is, such as a
    /// control character, is spelled out between `$'` and `'`, as bash, zsh and ksh take it (POSIX.1-2024, section 2.2.4).
    package static func quoted(_ word: String) -> String {
        if !word.escapedForDisplay.hasSameBytes(as: word) { return spelledOut(word) }
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
            default: "-_./:@%+=,".utf8.contains(byte)
            }
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    /// Three octal digits for a byte: what follows is never taken for one of them.
    private static func spelledOut(_ word: String) -> String {
        var text = "$'"
        for byte in word.utf8 {
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\\"): text += "\\" + String(UnicodeScalar(byte))
            case 0x20...0x7E: text += String(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return text + "'"
    }
}
