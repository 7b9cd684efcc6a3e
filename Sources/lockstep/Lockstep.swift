import ArgumentParser

/// Keeps the records of two systems in step.
@main
struct Lockstep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lockstep", abstract: "Keeps the records of two systems in step.")
}
