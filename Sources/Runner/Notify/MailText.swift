import Values

/// A mail as it is sent (RFC 5322, RFC 2045 to 2047): UTF-8, in lines that every server takes.
struct MailText {
    var from: String
    var to: [String]
    var title: String
    var text: String
    var time: Timestamp
    /// What names the message; it holds nothing but letters, digits, `-` and `.`.
    var id: String

    /// With CR LF at the ends of lines.
    var bytes: [UInt8] {
        let headers = [
            "Date: \(Self.date(time))", "From: \(Self.line(from))",
            "To: \(to.map(Self.line).joined(separator: ",\r\n "))",
            "Subject: \(Self.encodedWords(title))", "Message-ID: <\(id)>", "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        return Array((headers.joined(separator: "\r\n") + "\r\n\r\n" + Self.quotedPrintable(text)).utf8)
    }

    /// What begins another header cannot be in one.
    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }

    /// `Sun, 22 Nov 2026 11:04:35 +0000`.
    static func date(_ time: Timestamp) -> String {
        let civil = CivilTime(time)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [civil.hour, civil.minute, civil.second].map { ($0 < 10 ? "0" : "") + String($0) }
        let day = days[((civil.date.daysSinceEpoch + 4) % 7 + 7) % 7]
        let month = months[civil.date.month - 1]
        return "\(day), \(civil.date.day) \(month) \(civil.date.year) \(clock.joined(separator: ":")) +0000"
    }

    /// A header's text: as it is where it is plain, else in words of at most 75 characters (RFC 2047).
    static func encodedWords(_ text: String) -> String {
        let clean = line(text)
        if clean.utf8.count <= 60, clean.utf8.allSatisfy({ $0 < 0x80 }), !clean.contains("=?") { return clean }
        var words: [String] = []
        var word = ""
        for scalar in clean.unicodeScalars {
            let piece = scalar == " " ? "_" : isPlain(scalar) ? String(scalar) : escaped(scalar)
            if word.utf8.count + piece.utf8.count > 52 {
                words.append(word)
                word = ""
            }
            word += piece
        }
        if !word.isEmpty { words.append(word) }
        return words.map { "=?UTF-8?Q?\($0)?=" }.joined(separator: "\r\n ")
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", ",", ":", "/", "'", "(", ")": true
        default: false
        }
    }

    /// Lines of at most 76 characters (RFC 2045, section 6.7).
    static func quotedPrintable(_ text: String) -> String {
        var encoded = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var width = 0
            let scalars = Array(line.unicodeScalars)
            for (at, scalar) in scalars.enumerated() {
                let isLast = at == scalars.count - 1
                let isBlank = scalar == " " || scalar == "\t"
                let isKept = (0x21...0x7E).contains(scalar.value) && scalar != "=" || isBlank && !isLast
                let piece = isKept ? String(scalar) : escaped(scalar)
                if width + piece.utf8.count > 75 {
                    encoded += "=\r\n"
                    width = 0
                }
                encoded += piece
                width += piece.utf8.count
            }
            encoded += "\r\n"
        }
        return String(encoded.dropLast(text.hasSuffix("\n") ? 1 : 0))
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf8.map { ($0 < 16 ? "=0" : "=") + String($0, radix: 16, uppercase: true) }.joined()
    }
}
