using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Tests.Hardware.Kernel;

public sealed class FolderLockTests
{
    [Fact]
    public void One_at_a_time_has_a_folder_and_the_next_one_when_it_is_let_go()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["branch"]);

        using (FolderLock? first = FolderLock.TryTake(folder["branch"]))
        {
            Assert.NotNull(first);
            Assert.Null(FolderLock.TryTake(folder["branch"]));
            Assert.Null(FolderLock.Take(folder["branch"], TimeSpan.FromMilliseconds(1)));
        }

        using FolderLock? next = FolderLock.Take(folder["branch"], TimeSpan.Zero);
        Assert.NotNull(next);
        Assert.Empty(Directory.GetFileSystemEntries(folder["branch"]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said()
    {
        using var folder = new TempFolder();

        Assert.Throws<IOException>(() => FolderLock.TryTake(folder["nowhere"]));
    }
}
