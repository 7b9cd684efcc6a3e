/// What `curl` is to do, as it reads it on its standard input (`curl --config -`): secrets stand there and nowhere else.
struct CurlConfig {
    private(set) var text = ""

    /// - Parameter limit: after which it is ended, whatever it is at: it gives up a little before, and says at what.
    init(url: String, protocols: String, limit: Duration) {
        set("url", url)
        set("proto", "=" + protocols)
        set("max-time", Self.seconds(max(limit - .milliseconds(500), .milliseconds(500))))
        set("silent")
        set("show-error")
        set("globoff")
    }

    /// Such as `6.500`.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, rest) = duration.components
        return "\(seconds)." + String(1_000 + rest / 1_000_000_000_000_000).dropFirst()
    }

    mutating func set(_ option: String) { text += option + "\n" }

    /// Between quotes a backslash begins an escape; a line ends at a line feed alone.
    mutating func set(_ option: String, _ value: String) {
        var quoted = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": quoted += "\\\\"
            case "\"": quoted += "\\\""
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{B}": quoted += "\\v"
            case "\0": continue
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        text += "\(option) = \"\(quoted)\"\n"
    }

    /// Not the settings of whoever runs it, and then these.
    func parcel(body: [UInt8]) -> Parcel {
        var parcel = Parcel(program: "curl", arguments: ["--disable", "--config", "-"], input: Array(text.utf8))
        parcel.further = body
        return parcel
    }
}
