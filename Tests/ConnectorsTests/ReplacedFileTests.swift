import Connectors
import FileIO
import Glibc
import Model
import Synchronization
import TestKit
import Testing
import Values

@Suite("A file that is to be replaced")
struct ReplacedFileTests {
    static let isSuperuser = geteuid() == 0
    private static let content = "id,n\n1,a\n"
    private static let change = WriteRequest.update("1", ["n": .text("z")])

    @Test("and that nobody may write is left as it is", arguments: [0o444, 0o400, 0o555] as [mode_t])
    func readOnly(mode: mode_t) async throws {
        let file = try TestFile("csv", Self.content)
        chmod(file.path, mode)
        let message = "cannot write \(file.path): its mode is \(String(mode, radix: 8)): permission denied"
        await #expect(throws: EndpointFailure.unavailable(message: message)) { try await file.outcomes([Self.change]) }
        #expect(file.content == Self.content)
        #expect(file.folder.names == ["items.csv"])
    }

    @Test(
        "and that others may write, but this process not, is left as it is", .disabled(if: isSuperuser, "needs a user"))
    func othersMay() async throws {
        let file = try TestFile("csv", Self.content)
        chmod(file.path, 0o466)
        await #expect(throws: EndpointFailure.self) { try await file.outcomes([Self.change]) }
        #expect(file.content == Self.content)
    }

    @Test("keeps its owner and its group", .enabled(if: isSuperuser, "needs the superuser"))
    func owner() async throws {
        let file = try TestFile("csv", Self.content)
        try #require(chown(file.path, 65534, 4711) == 0)
        chmod(file.path, 0o660)
        _ = try await file.outcomes([Self.change])
        #expect(file.content == "id,n\n1,z\n")
        let after = try #require(try Disk().identity(file.path))
        #expect([after.owner, after.group, after.permissions] == [65534, 4711, 0o660])
    }

    @Test("is left as it is where its owner cannot be kept", .enabled(if: isSuperuser, "needs the superuser"))
    func otherOwner() async throws {
        let file = try TestFile(
            "csv", Self.content,
            disk: Disk { operation throws(FileFailure) in
                if operation.kind == .changeOwner { throw FileFailure(.changeOwner, operation.path, EPERM) }
            })
        try #require(chown(file.path, 65534, 4711) == 0)
        let message =
            "cannot keep the owner of \(file.path): it belongs to user 65534 and group 4711, and this process writes as "
            + "user 0 and group 0: operation not permitted"
        await #expect(throws: EndpointFailure.unavailable(message: message)) { try await file.outcomes([Self.change]) }
        #expect(file.content == Self.content)
        #expect(file.folder.names == ["items.csv"])
    }

    @Test("is written by one at a time, and what many write at once is all there")
    func manyAtOnce() async throws {
        let file = try TestFile("csv", "id,n\n")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { _ = try await file.outcomes([.create("\(number)", ["n": .text("v\(number)")])]) }
            }
            try await group.waitForAll()
        }
        let read = try await ReadCollection(file)
        #expect(read.ids.sorted() == (0..<40).map(String.init).sorted())
        #expect(file.folder.names == ["items.csv"])
    }

    @Test("and that another holds for too long is left to it, and it is told who that is")
    func busy() async throws {
        let file = try TestFile("csv", Self.content, disk: Disk(patience: .milliseconds(100)))
        guard case .taken(let held, _) = try Disk().openToReplace(file.path) else { throw Breach("it is locked") }
        let message = "\(file.path) is being written by process \(getpid()). The next run tries again"
        await #expect(throws: EndpointFailure.unavailable(message: message)) { try await file.outcomes([Self.change]) }
        #expect(file.content == Self.content)
        #expect(file.folder.names == ["items.csv"])
        withExtendedLifetime(held) {}
    }

    @Test("is read once its lock is there: who had it before may have put another in its place")
    func replacedMeanwhile() async throws {
        let file = try TestFile("csv", Self.content)
        var next: Replacement? = try nextContent(of: file.path, "id,n\n1,a\n2,b\n")
        async let outcomes = file.outcomes([Self.change])
        try await Task.sleep(for: .milliseconds(100))
        #expect(file.content == "id,n\n1,a\n2,b\n")
        // Who has put a file in place has it until nothing is left to be done with it.
        withExtendedLifetime(next) {}
        next = nil
        _ = try await outcomes
        #expect(file.content == "id,n\n1,z\n2,b\n")
    }

    /// A replacement that is in its place, and still locked.
    private func nextContent(of path: String, _ text: String) throws -> Replacement {
        guard case .taken(let held, let identity) = try Disk().openToReplace(path) else { throw Breach("it is locked") }
        let next = try Disk().replacement(for: path, original: held)
        try next.file.write(text)
        try next.file.sync()
        try #require(try next.takePlace(of: identity))
        return next
    }

    @Test("has a new content beside it only while that is made: what a dead process left goes with the next write")
    func leftover() async throws {
        let file = try TestFile("csv", Self.content)
        try file.folder.write("items.csv.lockstep-new", "id,n\n1,half")
        _ = try await file.outcomes([.update("1", ["n": .text("a")])])
        #expect(file.folder.names == ["items.csv"])
        symlink("/dev/null", file.path + ".lockstep-new")
        _ = try await file.outcomes([Self.change])
        #expect(file.folder.names == ["items.csv"])
        #expect(file.content == "id,n\n1,z\n")
    }

    @Test("is new content that another makes now, which nobody takes for a leftover")
    func liveLeftover() async throws {
        let file = try TestFile("csv", Self.content)
        let other = try Disk().replacement(for: file.path)
        await #expect(throws: EndpointFailure.self) { try await file.outcomes([Self.change]) }
        #expect(file.content == Self.content)
        try other.file.write("id,n\n1,o\n")
        try other.commit()
        #expect(file.content == "id,n\n1,o\n")
    }
}

@Suite("What is missing")
struct MissingFileTests {
    @Test("is told with its whole path, and with what a relative one is relative to")
    func relative() throws {
        let working = try #require(getcwd(nil, 0).map { String(cString: $0) })
        let told = { (path: String) in "\(working)/\(path) ('\(path)' in the working directory \(working))" }
        #expect(
            throws: EndpointFailure.unavailable(message: "there is no file or folder " + told("no-such/folder"))
        ) {
            _ = try ConnectorCatalogue.endpoint(
                type: "csv", settings: ResolvedSettings(["path": .text("no-such/folder")]), collection: "items",
                folder: "", disk: Disk())
        }
        #expect(
            FileFailure(.open, "no-such.csv", ENOENT).description
                == "cannot open \(told("no-such.csv")): no such file or directory")
        #expect(
            FileFailure(.list, "./jobs", ENOENT).description
                == "cannot list \(working)/jobs ('./jobs' in the working directory \(working)): no such file or directory"
        )
        #expect(
            FileFailure(.open, "/no-such.csv", ENOENT).description
                == "cannot open /no-such.csv: no such file or directory")
        #expect(FileFailure(.open, "a.csv", EACCES).description == "cannot open a.csv: permission denied")
    }
}

@Suite("A write that fails when its content is in place")
struct UncertainWriteTests {
    /// A file on a disk that refuses the Nth operation of a kind, counted from when the file is there, and all from then on where the
    /// process is dead.
    private func file(
        _ kind: DiskOperation.Kind, _ number: Int, isDead: Bool
    ) throws -> (file: TestFile, asked: @Sendable () -> Int) {
        let isThere = Mutex(false)
        let state = Mutex((asked: 0, isBroken: false))
        let disk = Disk { operation throws(FileFailure) in
            guard isThere.withLock({ $0 }) else { return }
            let refused = state.withLock { state in
                if state.isBroken, isDead { return true }
                guard operation.kind == kind else { return false }
                state.asked += 1
                guard state.asked == number else { return false }
                state.isBroken = true
                return true
            }
            if refused { throw FileFailure(operation.kind, "items.csv", EIO) }
        }
        let file = try TestFile("csv", "id,n\n1,a\n", disk: disk)
        isThere.withLock { $0 = true }
        return (file, { state.withLock { $0.asked } })
    }

    @Test(
        "says so, and one that fails before left everything as it was",
        arguments: [DiskOperation.Kind.open, .look, .lock, .read, .write, .sync, .rename, .syncFolder], [false, true])
    func everyKind(kind: DiskOperation.Kind, isDead: Bool) async throws {
        var failures = 0
        for number in 1...20 {
            let (file, asked) = try file(kind, number, isDead: isDead)
            var reported = 0
            do {
                _ = try await file.write(WriteBatch([.update("1", ["n": .text("z")])])) { _, _ in reported += 1 }
                #expect(asked() < number)
                #expect(reported == 1)
                #expect(file.content == "id,n\n1,z\n")
                break
            } catch {
                failures += 1
                #expect(reported == 0)
                if case .uncertain = error {
                    #expect(kind == .syncFolder || isDead)
                } else {
                    #expect(file.content == "id,n\n1,a\n", "\(kind) \(number): \(error)")
                }
                if kind == .syncFolder {
                    #expect(error == .uncertain(message: "cannot sync the folder of items.csv: input/output error"))
                    #expect(file.content == "id,n\n1,z\n")
                }
                if !isDead { #expect(file.folder.names == ["items.csv"], "\(kind) \(number)") }
            }
        }
        #expect((1..<20).contains(failures))
    }
}
