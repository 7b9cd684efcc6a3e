import Values

/// The manual page of all commands, in the macros of man(7), made of what the parser of command lines knows.
struct ManualPage {
    private let root: Object

    /// - Parameter help: the commands as JSON, as the parser gives them; nil where it is another form of that.
    init?(help: String) {
        guard case .object(let object)? = try? JSON.parse(Array(help.utf8)),
            case .object(let command)? = object["command"]
        else { return nil }
        root = command
    }

    var text: String {
        var lines = [
            ".TH LOCKSTEP 1 \"\" \"Lockstep \(Lockstep.version)\" \"User Commands\"", ".SH NAME",
            "lockstep \\- \(Self.escaped(sentence(root, "abstract")))", ".SH SYNOPSIS", ".B lockstep",
            "\\fICOMMAND\\fR [\\fIARGUMENT\\fR...]", ".SH DESCRIPTION",
            Self.escaped(
                "Keeps the records of two systems in step, as job files say: tickets, companies, contacts, devices."),
            Self.escaped(root["discussion"]?.text ?? ""), ".SH COMMANDS",
        ]
        for command in subcommands { lines += section(command) }
        lines += [".SH EXIT STATUS"]
        for end in CommandEnd.allCases { lines += Self.item("\(end.rawValue)", end.meaning) }
        lines += [".SH ENVIRONMENT"] + Self.item("NO_COLOR", "where it is set, nothing is coloured")
        lines += [".SH FILES"] + Self.item("jobs/", "the job files, connections.yaml, and the tests of the mappings")
        lines += Self.item(".lockstep/", "what is remembered between two runs")
        return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    private var subcommands: [Object] {
        guard case .list(let commands)? = root["subcommands"] else { return [] }
        return commands.compactMap {
            if case .object(let command) = $0, command["commandName"]?.text != "help" { command } else { nil }
        }
    }

    private func section(_ command: Object) -> [String] {
        let arguments = self.arguments(command)
        let positional = arguments.filter { $0["kind"]?.text == "positional" }.map(Self.usage)
        var lines = [
            ".SS \(Self.escaped((["lockstep \(sentence(command, "commandName"))"] + positional).joined(separator: " ")))"
        ]
        lines.append(Self.escaped(sentence(command, "abstract")))
        if let discussion = command["discussion"]?.text { lines += [".PP", ".nf", Self.escaped(discussion), ".fi"] }
        for argument in arguments {
            lines += Self.item(Self.spelled(argument), sentence(argument, "abstract") + Self.choice(argument))
        }
        return lines
    }

    private func arguments(_ command: Object) -> [Object] {
        guard case .list(let arguments)? = command["arguments"] else { return [] }
        return arguments.compactMap {
            if case .object(let argument) = $0, argument["shouldDisplay"] == .bool(true) { argument } else { nil }
        }
    }

    private func sentence(_ object: Object, _ name: String) -> String { object[name]?.text ?? "" }

    private static func usage(_ argument: Object) -> String {
        let name =
            "<" + (argument["valueName"]?.text ?? "") + ">" + (argument["isRepeating"] == .bool(true) ? " ..." : "")
        return argument["isOptional"] == .bool(true) ? "[\(name)]" : name
    }

    private static func spelled(_ argument: Object) -> String {
        guard argument["kind"]?.text != "positional" else { return usage(argument) }
        var names: [String] = []
        if case .list(let all)? = argument["names"] {
            for case .object(let name) in all {
                names.append((name["kind"]?.text == "long" ? "--" : "-") + (name["name"]?.text ?? ""))
            }
        }
        let value = argument["kind"]?.text == "option" ? " <\(argument["valueName"]?.text ?? "")>" : ""
        return names.joined(separator: ", ") + value
    }

    private static func choice(_ argument: Object) -> String {
        argument["defaultValue"]?.text.map { " (default: \($0))" } ?? ""
    }

    private static func item(_ head: String, _ text: String) -> [String] {
        [".TP", "\\fB\(escaped(head))\\fR", escaped(text)]
    }

    /// A line that begins with a dot or a quote would be a request; a backslash begins an escape, and a bare hyphen is one of print.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let plain = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
            return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
        }.joined(separator: "\n")
    }
}
