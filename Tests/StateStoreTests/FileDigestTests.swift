import FileIO
import Glibc
import Model
import StateStore
import TestKit
import Testing
import Values

@Suite("What is remembered of files")
struct FileDigestTests {
    private let scratch: ScratchFolder
    private let digests: FileDigests

    init() throws {
        scratch = try ScratchFolder()
        digests = FileDigests(StateFolder(scratch.path + "/.lockstep", disk: Disk()), connection: "desk")
    }

    private var file: String { scratch.path + "/.lockstep/files/desk.json" }

    @Test("is added to what is there, and read back as it was, by its bytes")
    func roundTrip() throws {
        #expect(digests.load().isEmpty)
        // Two spellings of one letter are two names.
        let (one, two) = (TextKey("[\"\u{E9}\"]"), TextKey("[\"e\u{301}\"]"))
        try digests.add([one: "sha256:aa"])
        try digests.add([two: "sha256:bb"])
        #expect(digests.load() == [one: "sha256:aa", two: "sha256:bb"])
        var status = stat()
        #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test("is nothing where it is damaged, and is written anew; what a newer Lockstep left stays")
    func damaged() throws {
        try Disk().makeFolder(scratch.path + "/.lockstep/files")
        for text in ["", "{", "[]", #"{"version": 1, "digests": [1]}"#] {
            try Disk().replace(file, with: Array(text.utf8))
            #expect(digests.load().isEmpty)
            try digests.add([TextKey("a"): "sha256:aa"])
            #expect(digests.load() == [TextKey("a"): "sha256:aa"])
        }
        let newer = Array(#"{"version": 2, "digests": {"a": 1}}"#.utf8)
        try Disk().replace(file, with: newer)
        try digests.add([TextKey("a"): "sha256:aa"])
        #expect(try Disk().read(file) == newer)
    }

    @Test("a file on its way has no name, is read from anywhere, and is nobody else's")
    func scratchFile() throws {
        let written = try digests.scratchFile()
        try written.append(Array("hello ".utf8))
        try written.append([])
        try written.append(Array("world".utf8))
        #expect(try written.read(5, at: 6) == Array("world".utf8))
        #expect(try written.read(100, at: 0) == Array("hello world".utf8))
        #expect(try written.read(100, at: 11) == [])
        #expect(try Disk().list(digests.folder) == [])
    }

    @Test("a disk that is full says so")
    func full() throws {
        let disk = Disk { (operation) throws(FileFailure) in
            if operation.kind == .write { throw FileFailure(.write, operation.path, ENOSPC) }
        }
        let digests = FileDigests(StateFolder(scratch.path, disk: disk), connection: "desk")
        let written = try digests.scratchFile()
        #expect(throws: FileFailure.self) { try written.append([1]) }
    }
}
