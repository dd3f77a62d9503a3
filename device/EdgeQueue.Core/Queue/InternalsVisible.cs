using System.Runtime.CompilerServices;

// The tests look at what the branch does not tell its users: the next visit's number, the durations up to now.
[assembly: InternalsVisibleTo("EdgeQueue.Tests")]
