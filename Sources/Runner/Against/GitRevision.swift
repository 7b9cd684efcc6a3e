import FileIO
import Values

/// The files of a revision of the repository in which a folder lies, asked of `git` without a shell. Nothing in the repository is
/// changed, and nothing is fetched.
struct GitRevision {
    let name: String
    /// The folder, as it is given on the command line.
    let folder: String
    let world: World
    /// The commit, and the folder's path in the repository with its `/`; empty where that is the repository itself.
    private(set) var commit = ""
    private(set) var prefix = ""

    /// A file of the commit: its mode, as git has it, and what names its content.
    struct Entry {
        var mode: String
        var object: String

        /// Whether it is a file, and no link to one.
        var isFile: Bool { mode.hasPrefix("100") }
    }

    /// As much as git may say.
    private static let outputLimit = 1 << 28

    init(_ name: String, of folder: String, _ world: World) async throws(RevisionFailure) {
        self.name = name
        self.folder = folder
        self.world = world
        // Whatever the name is, behind this it is no option; and `name^{commit}` is none of a file.
        let found = await git(["rev-parse", "--verify", "--end-of-options", name + "^{commit}"], hearsErrors: true)
        let line = found.output.split(separator: "\n").last.map(String.init) ?? ""
        guard found.how == .exited(0), Self.isObject(line) else {
            throw .unknown(name: name, jobs: folder, words: Self.words(found))
        }
        commit = line
        let place = await git(["rev-parse", "--show-prefix"])
        guard place.how == .exited(0) else { throw .unreadable(name: name, words: Self.words(place)) }
        prefix = String(place.output.prefix { $0 != "\n" })
    }

    /// The files below the folder, by their paths from it.
    func files() async throws(RevisionFailure) -> [TextKey: Entry] {
        try entries(of: await git(["ls-tree", "-rz", commit]))
    }

    /// The path in the repository of a name that is seen from the folder; nil where it leads out of the repository.
    func path(of name: String) -> String? {
        var parts: [Substring] = []
        for part in (prefix + name).split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// Files anywhere in the repository, by their paths from its top.
    func files(at paths: [String]) async throws(RevisionFailure) -> [TextKey: Entry] {
        if paths.isEmpty { return [:] }
        return try entries(of: await git(["ls-tree", "-z", "--full-tree", commit, "--"] + paths))
    }

    /// What stands in files, in their order.
    func contents(of entries: [Entry]) async throws(RevisionFailure) -> [[UInt8]] {
        if entries.isEmpty { return [] }
        let asked = entries.map { $0.object + "\n" }.joined()
        let end = await git(["cat-file", "--batch"], input: Array(asked.utf8))
        guard end.how == .exited(0) else { throw .unreadable(name: name, words: Self.words(end)) }
        var contents: [[UInt8]] = []
        var rest = end.bytes[...]
        for _ in entries {
            // `OBJECT blob SIZE`, the bytes, and a line feed.
            let head = rest.prefix { $0 != UInt8(ascii: "\n") }
            let words = String(decoding: head, as: UTF8.self).split(separator: " ")
            rest = rest.dropFirst(head.count + 1)
            guard words.count == 3, words[1] == "blob", let size = Int(words[2]), size >= 0, size < rest.count else {
                throw .unreadable(name: name, words: "git gave no file for an object")
            }
            contents.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size + 1)
        }
        return contents
    }

    /// `MODE TYPE OBJECT<tab>PATH`, each with a NUL behind it.
    private func entries(of end: ParcelEnd) throws(RevisionFailure) -> [TextKey: Entry] {
        guard end.how == .exited(0), end.bytes.last ?? 0 == 0 else {
            throw .unreadable(name: name, words: Self.words(end))
        }
        var entries: [TextKey: Entry] = [:]
        for line in end.bytes.split(separator: 0) {
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
            guard words.count == 3, words[1] == "blob" else { continue }
            let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
            entries[TextKey(path)] = Entry(mode: String(words[0]), object: String(words[2]))
        }
        return entries
    }

    private func git(_ words: [String], input: [UInt8] = [], hearsErrors: Bool = false) async -> ParcelEnd {
        var parcel = Parcel(program: "git", arguments: ["-C", folder] + words, input: input)
        // What is not here is not fetched, and nobody is asked for a password.
        parcel.environment = [
            "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
        ]
        parcel.outputLimit = Self.outputLimit
        parcel.hearsErrors = hearsErrors
        return await world.deliver(parcel)
    }

    private static func isObject(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    private static func words(_ end: ParcelEnd) -> String {
        let line = end.output.split(separator: "\n").first.map(String.init)
        switch end.how {
        case .exited(let code): return line.map { "git: \($0)" } ?? "git ended with \(code)"
        case .killed(let signal): return "git was ended by signal \(signal)"
        case .timedOut: return "git did not answer in time"
        case .notStarted(let reason): return "git cannot be started: \(reason)"
        }
    }
}
