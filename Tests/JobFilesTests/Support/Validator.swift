import Foundation

/// `Validators/validate.py`: public descriptions of formats, which files are held against. CI names the Python that has the packages.
enum Validator {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Validators/validate.py").path
    private static let python = ProcessInfo.processInfo.environment["LOCKSTEP_PYTHON"]

    /// Whether this machine has what is needed. Where CI names a Python, nothing is skipped.
    static let isThere: Bool = {
        if python != nil { return true }
        let modules = "import jsonschema, ruamel.yaml, xmlschema, sarif_pydantic"
        return (try? run(["-c", modules]).status) == 0
    }()

    /// What is wrong with some texts, each as a file of its own: by name, the first mistake.
    static func mistakes(_ kind: String, _ texts: [(name: String, text: String)], schema: String? = nil) throws
        -> [String: String]
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "validated-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var words = [script, kind]
        for (name, text) in (schema.map { [("schema", $0)] } ?? []) + texts {
            let file = folder.appending(path: name.replacing("/", with: "%"))
            try Data(text.utf8).write(to: file)
            words.append(file.path)
        }
        let (status, output) = try run(words)
        guard status == 0 else { throw Unexpected("validate.py ended with \(status): \(output)") }
        var mistakes: [String: String] = [:]
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            let name = String(parts[0].split(separator: "/").last ?? "").replacing("%", with: "/")
            if mistakes[name] == nil { mistakes[name] = parts.count > 1 ? String(parts[1]) : "" }
        }
        return mistakes
    }

    private static func run(_ words: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python ?? "python3"] + words
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
