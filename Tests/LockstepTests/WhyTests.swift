import FileIO
import TestKit
import Testing

/// The catalogue of causes: each set-up is made by running Lockstep into it, `why` names the cause, and its remedy mends it.
struct WhyTests {
    static let cases: [CauseCase] = {
        let folder = FileIO.folder(of: #filePath) + "/Causes"
        let text = { (name: String) in
            String(decoding: (try? Disk().read(folder + "/\(name).txt")) ?? [], as: UTF8.self)
        }
        return [
            ("base", ["sync", "record", "pair", "blocking"]), ("served", ["connection", "answer", "served-pair"]),
        ]
        .flatMap { base, names in names.flatMap { CauseCase.all(text(base) + text($0)) } } + CauseCase.all(text("web"))
    }()

    @Test("why names the cause, and its remedy mends it", arguments: cases)
    func cause(_ cause: CauseCase) async throws {
        var playing = try CausePlaying()
        try await playing.play(cause.steps)
    }

    @Test("there are at least 40 set-ups")
    func count() {
        figure("set-ups of which why names the cause", Self.cases.count)
        #expect(Self.cases.count >= 40)
    }
}
