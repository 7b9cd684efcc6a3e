import FileIO
import Runner
import Testing

@testable import lockstep

/// The jobs that come with Lockstep have tests, and those reach everything.
struct ExampleTests {
    private static let root = FileIO.folder(of: FileIO.folder(of: FileIO.folder(of: #filePath)))

    static let folders: [String] = {
        let examples = root + "/examples"
        let stories = ((try? Disk().list(examples)) ?? []).map { "\(examples)/\($0)/jobs" }
        return [root + "/jobs"] + stories.filter { ((try? Disk().list($0)) ?? []).isEmpty == false }
    }()

    @Test("the tests of each folder of jobs pass, and reach every table row and filter condition", arguments: folders)
    func covered(folder: String) async throws {
        let captured = CapturedConsole()
        let world = try TestWorld()
        let end = await Lockstep.run(
            ["test", "--jobs", folder, "--fail-under", "100"], world: world.world, console: captured.console)
        #expect(end == .inStep, "\(captured.text(.output))\(captured.text(.errors))")
    }

    @Test("there are examples") func some() { #expect(Self.folders.count >= 2) }
}
