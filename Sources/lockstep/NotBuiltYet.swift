/// Commands that have their names already, and no content yet.
enum NotBuiltYet {
    static let commands: Set<String> = [
        "report", "bundle",
    ]

    /// Outputs whose schemas are to come.
    static let schemas: Set<String> = ["check", "run", "status", "eval"]

    /// What to say to somebody who asks for one; nil for every other command line.
    static func message(for arguments: [String]) -> String? {
        if arguments.first == "schema", let name = arguments.dropFirst().first, schemas.contains(name) {
            return "the schema of what '\(name)' answers is not built yet. What is: lockstep schema --help"
        }
        guard let command = arguments.first, commands.contains(command) else { return nil }
        return "'lockstep \(command)' is not built yet. What is: lockstep --help"
    }
}
