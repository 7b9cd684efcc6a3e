import TestKit

@testable import lockstep

/// A transcript: files, commands, and exactly what they say, in one text that a person can read from top to bottom.
///
/// A line `=== NAME` begins a file, which goes on to the next such line or command. A line that begins with `$ ` is a
/// command, and what follows it is what it says: lines on standard error begin with `! `, and a last line `[exit 65]`
/// tells any exit code but 0. Lines that begin with `# ` between them are remarks. A file `@shop/things` is a server with
/// that collection of the connection `shop`, behind its name what it is like, and its records, a line each; ``Systems``
/// has the commands for it, `cat @shop/things` shows its records, and `calls shop` how many calls it was asked for since it was
/// last asked. `show FILE` is `cat` with a bar before each line, for files with remarks of their own. `lock SYNC WHO` and
/// `unlock SYNC` are for another run. `@/` is the folder of the story, and `@digest` what a brake last asked to be accepted: digests
/// follow from bytes that are nobody's promise, and are shown as `DIGEST`.
struct Story {
    enum Step {
        case remark(String)
        case file(name: String, text: String)
        case command(String)
    }

    private(set) var steps: [Step] = []

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        if lines.last == "" { lines.removeLast() }
        while let line = lines.popFirst() {
            if line.hasPrefix("=== ") {
                let content = Self.takeContent(&lines)
                steps.append(.file(name: String(line.dropFirst(4)), text: content))
            } else if line.hasPrefix("$ ") {
                _ = Self.takeContent(&lines)
                steps.append(.command(String(line.dropFirst(2))))
            } else {
                steps.append(.remark(line))
            }
        }
    }

    /// The lines up to the next file, command or remark.
    private static func takeContent(_ lines: inout ArraySlice<String>) -> String {
        var content = ""
        while let line = lines.first, !line.hasPrefix("=== "), !line.hasPrefix("$ "), !line.hasPrefix("# ") {
            content += line + "\n"
            lines.removeFirst()
        }
        return content
    }

    /// Plays the story, and tells it as it went.
    func play() async throws -> String {
        let world = try TestWorld()
        var text = ""
        var digest = ""
        for step in steps {
            switch step {
            case .remark(let remark): text += remark + "\n"
            case .file(let name, let content):
                try world.make(name, content)
                text += "=== \(name)\n" + content
            case .command(let line):
                let said = try await Self.run(Self.words(line).map { $0 == "@digest" ? digest : $0 }, in: world)
                digest = said.firstMatch(of: /--accept ([0-9a-f]{16})/).map { String($0.output.1) } ?? digest
                text += "$ \(line)\n" + Self.withoutDigests(said)
            }
        }
        return text
    }

    private static func withoutDigests(_ text: String) -> String {
        text.replacing(/--accept [0-9a-f]{16}/, with: "--accept DIGEST")
            .replacing(/"digest":"[0-9a-f]{16}"/, with: #""digest":"DIGEST""#)
    }

    static func run(_ words: [String], in world: TestWorld) async throws -> String {
        if try world.systems.play(words) || world.web.play(words) { return "" }
        switch words.first {
        case "lockstep": return await lockstep(Array(words.dropFirst()), in: world)
        case "cat": return try words.dropFirst().map { try world.content($0) }.joined()
        case "show":
            let lines = try words.dropFirst().map { try world.content($0) }.joined().split(
                separator: "\n", omittingEmptySubsequences: false)
            return lines.dropLast().map { $0.isEmpty ? "|\n" : "| \($0)\n" }.joined()
        case "calls": return "\(world.systems.takeCalls(words[1]))\n"
        case "lock": try world.lock(words[1], holder: words[2])
        case "unlock": world.unlock(words[1])
        case "rm": try world.remove(words[1])
        case "chmod": try world.changeMode(of: world.folder.path + "/" + words[2], words[1])
        case "set": world.set(words[1], words.count > 2 ? words[2] : nil)
        case "wait": world.advance(.seconds(Int(words[1]) ?? 0))
        default: return "(no such command)\n"
        }
        return ""
    }

    private static func lockstep(_ arguments: [String], in world: TestWorld) async -> String {
        let captured = CapturedConsole()
        let status = await world.run(arguments, on: captured.console)
        var text = ""
        for said in captured.all {
            let lines = world.shown(said.text).split(separator: "\n", omittingEmptySubsequences: false)
            for line in said.text.hasSuffix("\n") ? lines.dropLast() : lines[...] {
                text += (said.channel == .errors ? "! " : "") + line + "\n"
            }
        }
        return text + (status == .inStep ? "" : "[exit \(status.rawValue)]\n")
    }

    /// The words of a line; what stands between quotes of either kind is one, and between `$'` and `'` bytes are spelled in octal
    /// digits.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line.replacing(/\$'((?:[^'\\]|\\.)*)'/, with: { "'" + unescaped(String($0.output.1)) + "'" }) {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}

extension Story {
    /// What stands between `$'` and `'`, where it holds no quote itself.
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first else {
                bytes.append(byte)
                continue
            }
            if let octal = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
                bytes.append(octal)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(next)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TestWorld {
    /// Makes a server, where the name begins with `@`, else writes a file.
    func make(_ name: String, _ content: String) throws {
        guard name.hasPrefix("@") else { return try write(name, content) }
        if name == "@web" { return try web.open(content) }
        try systems.make(Story.words(String(name.dropFirst())), content)
    }

    /// What a file, or a server, holds.
    func content(_ name: String) throws -> String {
        if name == "@web" { return web.text }
        if name.hasPrefix("@") { return try systems.text(String(name.dropFirst())) }
        return try read(name) ?? "(there is no \(name))\n"
    }
}
