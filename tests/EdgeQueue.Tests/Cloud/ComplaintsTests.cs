using EdgeQueue.Cloud.Start;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Cloud;

public sealed class ComplaintsTests
{
    [Fact]
    public void Each_source_is_complained_about_once_a_minute()
    {
        var time = new FakeTime();
        var complaints = new Complaints(time);

        Assert.True(complaints.MaySay("malformed", "oslo"));
        Assert.False(complaints.MaySay("malformed", "oslo"));
        Assert.True(complaints.MaySay("malformed", "bergen"));
        Assert.True(complaints.MaySay("report", "oslo"));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(complaints.MaySay("malformed", "oslo"));
        Assert.False(complaints.MaySay("malformed", "oslo"));
    }
}
