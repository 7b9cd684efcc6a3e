import Diagnostics
import FileIO
import JobFiles
import Model

/// The file of a job's tests, to which one is appended. Nothing that stands in it is touched.
struct TestFile {
    /// Why nothing is appended.
    struct Refusal: Error {
        /// A sentence without a full stop.
        var sentence: String
    }

    let path: String
    private let job: String
    private let workspace: Workspace
    private let world: World

    init(of job: String, _ workspace: Workspace, _ world: World) {
        path = FileIO.path("\(job).test.yaml", in: workspace.jobsFolder)
        self.job = job
        self.workspace = workspace
        self.world = world
    }

    /// The names that tests have already.
    var names: Set<String> {
        Set(workspace.checked.tests.filter { $0.place.file == path }.map(\.name))
    }

    private static func isDash(_ line: ArraySlice<UInt8>) -> Bool {
        let rest = line.drop { $0 == UInt8(ascii: " ") }
        return rest.elementsEqual("-".utf8) || rest.starts(with: "- ".utf8)
    }

    /// A file with this test alone.
    func alone(_ test: MappingTest) -> [UInt8] {
        let head = "# What the mappings of \(job).yaml have to do.\njob: \(job)\ntests:\n"
        return Array((head + text(test, indent: "  ")).utf8)
    }

    func text(_ test: MappingTest, indent: String, newline: String = "\n") -> String {
        TestText.lines(test, indent: indent, job: job).map { $0 + newline }.joined()
    }

    /// The content with the test behind all others, as an item of their list.
    func appended(_ test: MappingTest, to bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        _ = try tests(bytes)
        let hasCR =
            bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 > 0 && bytes[$0 - 1] == UInt8(ascii: "\r") } ?? false
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
        guard let key = lines.firstIndex(where: { $0.starts(with: "tests:".utf8) }),
            let first = lines[(key + 1)...].first(where: { Self.isDash($0) })
        else { throw Refusal(sentence: "its tests are not a list with a dash before each") }
        let indent = first.prefix { $0 == UInt8(ascii: " ") }
        let items = lines.indices.filter { at in
            at > key && Self.isDash(lines[at]) && lines[at].prefix { $0 == UInt8(ascii: " ") }.count == indent.count
        }
        let isSpaced = items.count < 2 || items.dropFirst().contains { lines[$0 - 1].isEmpty }
        let newline = hasCR ? "\r\n" : "\n"
        var out = bytes
        if lines.last?.isEmpty == false { out += newline.utf8 }
        // What the list of lines ends with stands behind the last line end.
        let endsBlank = lines.count > 1 && lines[lines.count - 1].isEmpty && lines[lines.count - 2].isEmpty
        if isSpaced, !endsBlank { out += newline.utf8 }
        out += text(test, indent: String(decoding: indent, as: UTF8.self), newline: newline).utf8
        return out
    }

    /// Reads a content as the file of tests would be, and plays its last test, which has to pass.
    ///
    /// - Parameter before: what it was; nil where there was none.
    /// - Returns: where the new test stands.
    func verify(_ bytes: [UInt8], after before: [UInt8]?) async throws(Refusal) -> Place {
        var former: [MappingTest] = []
        if let before { former = try tests(before).tests }
        let now = try tests(bytes)
        guard now.tests.count == former.count + 1, let last = now.tests.last,
            zip(former, now.tests).allSatisfy({ told($0) == told($1) })
        else { throw Refusal(sentence: "what stands in it would be read otherwise") }
        let failures = await TestRun(now.workspace, world: world).play(last).failures
        if let failure = failures.first { throw Refusal(sentence: "the test would fail: \(failure.message)") }
        return last.place
    }

    private func told(_ test: MappingTest) -> [String] { TestText.lines(test, indent: "", job: job) }

    private func tests(_ bytes: [UInt8]) throws(Refusal) -> (tests: [MappingTest], workspace: Workspace) {
        let loaded: Workspace
        do {
            loaded = try Workspace.load(
                jobs: workspace.jobsFolder, state: workspace.stateFolder, world: world,
                replacing: SourceText(name: path, bytes: bytes))
        } catch {
            throw Refusal(sentence: error.description)
        }
        let mistakes = loaded.checked.diagnostics.filter { $0.severity == .error && $0.place?.file == path }
        if let mistake = mistakes.first {
            throw Refusal(sentence: "line \(mistake.place?.start.line ?? 1): \(mistake.message)")
        }
        return (loaded.checked.tests.filter { $0.place.file == path }, loaded)
    }

    func read() throws(FileFailure) -> [UInt8]? { try world.disk.readIfPresent(path) }

    /// Puts the new content in the place of the old, with its mode.
    ///
    /// - Returns: false where somebody else wrote to the file meanwhile; then it stays as it is.
    func write(_ bytes: [UInt8], over before: [UInt8]?) throws(FileFailure) -> Bool {
        let disk = world.disk
        guard let before else {
            guard try disk.identity(path) == nil else { return false }
            try disk.replace(path, with: bytes, mode: 0o644)
            return true
        }
        guard case .taken(let file, let identity) = try disk.openToReplace(path), try disk.read(path) == before else {
            return false
        }
        let replacement = try disk.replacement(for: path, original: file)
        try replacement.file.write(bytes)
        try replacement.file.sync()
        guard try replacement.takePlace(of: identity) else { return false }
        try replacement.syncFolder()
        return true
    }
}
