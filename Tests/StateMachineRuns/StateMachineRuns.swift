import Glibc
import StateMachine

/// Plays many episodes, as fast as the machine can: `state-machine FIRST COUNT [KIND,KIND…]`, or one that was written down.
@main
enum StateMachineRuns {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        if words.count == 1, let episode = words.first.flatMap({ Episode($0) }) {
            print(try await Machine.play(episode).map { "\($0)" } ?? "nothing is wrong")
            return
        }
        guard words.count >= 2, let first = UInt64(words[1]), let count = UInt64(words[2]) else {
            print("usage: state-machine FIRST COUNT [KIND,KIND…]")
            exit(64)
        }
        let kinds = words.count < 3 ? SideKind.all : words[3].split(separator: ",").compactMap { SideKind($0) }
        let lanes = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let failures = try await Campaign(kinds: kinds).play(first..<(first + count), lanes: lanes)
        for failure in failures { print("\(failure)\n") }
        print("figure: random sequences = \(Int(count) - failures.count)")
        print("\(failures.count) of them fail")
        if !failures.isEmpty { exit(1) }
    }
}
