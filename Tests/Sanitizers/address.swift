/// A read of memory that was given back, for the address sanitizer to find.
let numbers = UnsafeMutablePointer<Int>.allocate(capacity: CommandLine.arguments.count)
numbers.initialize(repeating: 1, count: CommandLine.arguments.count)
numbers.deallocate()
print(numbers[0])
